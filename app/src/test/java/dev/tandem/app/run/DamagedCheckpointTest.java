package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.engine.stream.StreamRun;
import dev.tandem.feed.Pace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A checkpoint whose files are empty, torn or gone is set aside, and the stream goes on from its ledger. */
@ExtendWith(Bench.Giver.class)
class DamagedCheckpointTest {
    private static final int MICRO_BATCH = 50;

    private static Bench bench;

    @BeforeAll
    static void take(Bench given) {
        bench = given;
    }

    /** Does something bad to a checkpoint. */
    private interface Damage {
        void to(Path checkpoint) throws IOException;
    }

    private record Case(String told, Damage damage) {}

    private static List<Case> cases() {
        return List.of(
                new Case("is cut short", it -> empty(latest(it.resolve("offsets")))),
                new Case("cannot be read", it -> garble(latest(it.resolve("offsets")))),
                new Case("cannot be read", it -> cut(latest(it.resolve("offsets")))),
                new Case("is missing", it -> Files.delete(beforeLatest(it.resolve("offsets")))),
                new Case("is cut short", it -> empty(latest(it.resolve("commits")))),
                new Case("metadata is cut short", it -> empty(it.resolve("metadata"))),
                new Case("metadata is missing", it -> Files.delete(it.resolve("metadata"))),
                new Case("offsets are missing", it -> delete(it.resolve("offsets"))));
    }

    private static void empty(Path file) throws IOException {
        Files.write(file, new byte[0]);
    }

    private static void garble(Path file) throws IOException {
        Files.write(file, "v1\n\u0000\u0001\u0002 {{{\n??".getBytes(StandardCharsets.UTF_8));
    }

    private static void cut(Path file) throws IOException {
        var bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 4));
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Path latest(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("\\d+"))
                    .max(Comparator.comparing(
                            file -> Long.valueOf(file.getFileName().toString())))
                    .orElseThrow();
        }
    }

    /** Without the last one, whose micro-batch may not be done, a checkpoint would be whole. */
    private static Path beforeLatest(Path folder) throws IOException {
        long last = Long.parseLong(latest(folder).getFileName().toString());
        return folder.resolve(String.valueOf(last - 1));
    }

    private static void until(StreamRun run, long last) {
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
            run.check();
            return run.lastMicroBatch() >= last;
        });
    }

    /** The checkpoint's files as they were, moved aside. */
    private static long setAside(Path checkpoint) throws IOException {
        try (var files = Files.list(checkpoint.getParent())) {
            return files.filter(it -> it.getFileName().toString().startsWith(checkpoint.getFileName() + ".damaged-"))
                    .count();
        }
    }

    @Test
    void isSetAsideWhateverIsWrongWithIt() throws Exception {
        var stage = bench.stage("_damaged");
        stage.generate(2_500, new Pace.Unpaced());
        stage.streamUntil(4, MICRO_BATCH);
        int seen = 0;
        for (var each : cases()) {
            each.damage().to(stage.checkpoint());
            long last = stage.ledgerReader().lastCut().orElseThrow().microBatch();
            try (var stream = stage.stream(MICRO_BATCH)) {
                assertThat(stream.run().damage())
                        .hasValueSatisfying(it ->
                                assertThat(it).contains(each.told()).contains("the stream goes on from its ledger"));
                until(stream.run(), last + 3);
            }
            assertThat(setAside(stage.checkpoint())).isEqualTo(++seen);
        }
        stage.drain(MICRO_BATCH);
        NothingLost.in(stage);
    }

    /** Two homes by turns: each one's checkpoint is behind the ledger, and one of them is damaged besides. */
    @Test
    void goesOnAfterAnotherHomeHasTakenOver() throws Exception {
        var stage = bench.stage("_homes");
        stage.generate(1_500, new Pace.Unpaced());
        long last = 0;
        for (var home : List.of("home-one", "home-two", "home-one", "home-two")) {
            try (var stream = stage.streamTo(List.of(), home, MICRO_BATCH)) {
                assertThat(stream.damage()).isEqualTo(Optional.empty());
                last += 4;
                until(stream, last);
            }
        }
        var checkpoint = stage.workspace().checkpoint("home-one");
        empty(latest(checkpoint.resolve("offsets")));
        try (var stream = stage.streamTo(List.of(), "home-one", MICRO_BATCH)) {
            assertThat(stream.damage()).isPresent();
            until(stream, last + 4);
        }
        stage.drain(MICRO_BATCH);
        NothingLost.in(stage);
    }
}
