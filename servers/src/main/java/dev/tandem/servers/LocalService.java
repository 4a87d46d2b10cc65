package dev.tandem.servers;

import java.nio.file.Path;

/**
 * A real server on this machine. It picks a free port on the loopback address, keeps its files under one directory and
 * leaves no process behind; a server elsewhere is the same thing to a pipeline: an address.
 *
 * <p>Safe for use by several threads. {@link #close} and {@link #stop} may be called more than once.
 */
public sealed interface LocalService extends AutoCloseable permits Server, Database {
    /** The word of the command line: {@code kafka}, {@code mariadb} or {@code postgresql}. */
    String name();

    /** Host and port, as in {@code 127.0.0.1:9092}. */
    String address();

    /** Everything the server owns: its data, its log {@code server.log} and the record of its process. */
    Path directory();

    /** The operating system's number for the process. */
    long pid();

    /** Whether the process is there at this moment. */
    boolean isRunning();

    /** Ends the server, whatever its lifetime, and waits until its process is gone. */
    void stop();

    /** Lets go: stops a server that lives {@link Lifetime#WITH_THIS_JVM}, leaves one that lives {@link Lifetime#UNTIL_STOPPED}. */
    @Override
    void close();
}
