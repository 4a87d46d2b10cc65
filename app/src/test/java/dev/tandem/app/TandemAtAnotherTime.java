package dev.tandem.app;

import dev.tandem.model.JvmDefaults;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** The program {@code tandem} on a machine whose clock is wrong by the duration in the system property {@code machine.clock}. */
public final class TandemAtAnotherTime {
    private TandemAtAnotherTime() {}

    public static void main(String[] arguments) {
        JvmDefaults.replace();
        var clock = Clock.offset(Clock.systemUTC(), Duration.parse(System.getProperty("machine.clock", "PT0S")));
        var streams = new Tandem.Streams(System.out, System.err, Progress.Screen.LINES);
        var surroundings =
                new Shell.Surroundings(Path.of("").toAbsolutePath(), Installation.current(), clock, Map.of());
        Signals.interrupt(Thread.currentThread());
        System.exit(new Tandem(streams, surroundings).run(arguments).code());
    }
}
