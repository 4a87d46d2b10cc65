package dev.tandem.servers;

import java.nio.file.Path;

/** What all local servers have in common once they run. Public only for the compiler, which finds this type where two kinds meet. */
public abstract sealed class Server implements LocalService permits KafkaBroker, MariaDb, PostgreSql {
    static final String LOOPBACK = "127.0.0.1";

    private final ServerProcess process;

    Server(ServerProcess process) {
        this.process = process;
    }

    @Override
    public final String name() {
        return process.directory().kind().word();
    }

    @Override
    public final String address() {
        return LOOPBACK + ":" + process.record().port();
    }

    @Override
    public final Path directory() {
        return process.directory().path();
    }

    @Override
    public final long pid() {
        return process.record().pid();
    }

    @Override
    public final boolean isRunning() {
        return process.isRunning();
    }

    @Override
    public final void stop() {
        process.end();
    }

    @Override
    public final void close() {
        if (process.record().lifetime() == Lifetime.WITH_THIS_JVM) {
            process.end();
        }
    }

    @Override
    public final String toString() {
        return name() + " at " + address();
    }
}
