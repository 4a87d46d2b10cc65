package dev.tandem.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How long the short commands take from pressing Enter to the prompt. */
record Walls(Path checkout, Path home) {
    private static final List<List<String>> COMMANDS =
            List.of(List.of("list"), List.of("check", "tweets"), List.of("demo", "--events", "100000"));

    void measure(int runs) throws IOException, InterruptedException {
        System.out.println(
                "\nstart-up: wall time of a command, in seconds; the first run, which makes archives, is left out");
        for (var command : COMMANDS) {
            var words = new ArrayList<>(command);
            words.addAll(0, List.of("--home", home.toString()));
            once(words);
            Thread.sleep(20_000); // the archive of classes is made once the first run is over
            var seconds = new ArrayList<Double>();
            for (int run = 0; run < runs; run++) {
                seconds.add(once(words));
            }
            Told.line(
                    "./tandem " + String.join(" ", command),
                    "median " + Told.ratio(Told.median(seconds)),
                    String.join(" ", seconds.stream().map(Told::ratio).toList()),
                    Told.load());
        }
    }

    private double once(List<String> words) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(checkout.resolve("tandem").toString());
        command.addAll(words);
        var log = home.resolve("wall.log");
        Files.createDirectories(home);
        long begun = System.nanoTime();
        var process = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        int code = process.waitFor();
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (code != 0) {
            throw new IOException("%s ended with %d; see %s".formatted(command, code, log));
        }
        return seconds;
    }
}
