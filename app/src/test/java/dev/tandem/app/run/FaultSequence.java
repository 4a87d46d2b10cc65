package dev.tandem.app.run;

import static org.awaitility.Awaitility.await;

import dev.tandem.app.run.StreamProcess.Machine;
import dev.tandem.feed.Pace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A stream in a process of its own, and a list of faults that befall it one after the other. The seed decides every moment and
 * place; where the machine is slow, a fault comes later and meets another micro-batch.
 *
 * @param segments whether records land in Parquet segments instead of a table
 */
record FaultSequence(long seed, boolean segments, List<Fault> faults) {
    static final int MICRO_BATCH = 40;
    private static final List<Fault> FAULTS = List.of(Fault.values());
    private static final int RECORDS = 2_500;
    private static final int MORE_RECORDS = 600;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final List<List<String>> MACHINES = List.of(
            List.of("-Duser.language=tr", "-Duser.country=TR", "-Duser.timezone=Asia/Kathmandu"),
            List.of(
                    "-Duser.language=ar",
                    "-Duser.country=EG",
                    "-Duser.timezone=America/St_Johns",
                    "-Dfile.encoding=ISO-8859-1"),
            List.of(
                    "-Duser.language=th",
                    "-Duser.country=TH",
                    "-Duser.timezone=Pacific/Apia",
                    "-Dfile.encoding=US-ASCII"));

    FaultSequence {
        faults = List.copyOf(faults);
    }

    static FaultSequence of(long seed) {
        var random = new SplittableRandom(seed);
        boolean segments = random.nextBoolean();
        var faults = new ArrayList<Fault>();
        int count = random.nextInt(3, 8);
        while (faults.size() < count) {
            var fault = FAULTS.get(random.nextInt(FAULTS.size()));
            if (segments || fault != Fault.COMPACT_LOG) {
                faults.add(fault);
            }
        }
        return new FaultSequence(seed, segments, faults);
    }

    /** Those that are shorter by one fault. */
    Stream<FaultSequence> shorter() {
        return Stream.iterate(0, it -> it < faults.size(), it -> it + 1).map(left -> {
            var rest = new ArrayList<>(faults);
            rest.remove((int) left);
            return new FaultSequence(seed, segments, rest);
        });
    }

    /** What came of a sequence: how many records the topic has, and how often each fault came. */
    record Outcome(long records, Map<Fault, Integer> faults) {}

    /** Does it all, drains the stream, and checks it; throws what does not hold. */
    Outcome run(FaultyServers servers, String suffix) throws Exception {
        var counts = new EnumMap<Fault, Integer>(Fault.class);
        try (var stage = servers.stage(suffix, segments);
                var playing = new Playing(stage, servers, new SplittableRandom(seed))) {
            stage.generate(RECORDS, new Pace.Unpaced());
            for (var fault : faults) {
                playing.play(fault);
                counts.merge(fault, 1, Integer::sum);
            }
            playing.endStream();
            stage.drain(MICRO_BATCH);
            NothingLost.in(stage);
            stage.batch();
            var report = stage.compare();
            if (report.unexplained() != 0) {
                throw new AssertionError("%d differences are unexplained".formatted(report.unexplained()));
            }
            return new Outcome(stage.log().size(), counts);
        }
    }

    /** The stream of one sequence while faults befall it. */
    private static final class Playing implements AutoCloseable {
        private final Stage stage;
        private final FaultyServers servers;
        private final SplittableRandom random;
        private Machine machine = Machine.USUAL;
        private @Nullable StreamProcess process;

        Playing(Stage stage, FaultyServers servers, SplittableRandom random) throws IOException {
            this.stage = stage;
            this.servers = servers;
            this.random = random;
            // Makes the tables, so that the ledger can be asked before the process has come up.
            stage.job().store().ledgerReader().lastCut();
        }

        void play(Fault fault) throws Exception {
            switch (fault) {
                case KILL_STREAM -> {
                    runABit();
                    endStream();
                }
                case STOP_STREAM -> {
                    var running = runABit();
                    running.signal("TERM");
                    if (running.awaitEnd(PATIENCE).isEmpty()) {
                        throw new AssertionError("the stream did not end within %s of SIGTERM".formatted(PATIENCE));
                    }
                    endStream();
                }
                case PAUSE_STREAM -> {
                    var running = runABit();
                    running.signal("STOP");
                    park(3_000);
                    running.signal("CONT");
                }
                case KILL_DATABASE -> {
                    runABit();
                    servers.killForAWhile("mariadb", () -> park(3_000));
                }
                case KILL_BROKER -> {
                    runABit();
                    servers.killForAWhile("kafka", () -> park(3_000));
                }
                case MORE_RECORDS -> {
                    runABit();
                    stage.generateMore(MORE_RECORDS);
                }
                case TEAR_STATE -> {
                    runABit();
                    endStream();
                    tear(files(stage.workspace().state().resolve(stage.name()), ".state"));
                }
                case LOSE_STATE -> {
                    endStream();
                    delete(stage.workspace().state().resolve(stage.name()));
                }
                case EMPTY_CHECKPOINT -> {
                    runABit();
                    endStream();
                    newest(files(stage.checkpoint(), "")).ifPresent(file -> write(file, new byte[0]));
                }
                case LOSE_CHECKPOINT -> {
                    endStream();
                    delete(stage.checkpoint());
                }
                case COMPACT_LOG -> {
                    runABit();
                    stage.compact();
                }
                case OTHER_MACHINE -> {
                    endStream();
                    machine = Machine.with(MACHINES.get(random.nextInt(MACHINES.size())));
                }
                case OTHER_CLOCK -> {
                    endStream();
                    machine = machine.at(Duration.ofMinutes(random.nextInt(-2_880, 2_880)));
                }
                case FULL_DISK -> {
                    endStream();
                    runWhereTheDiskIsFull();
                }
            }
        }

        /** Until a few more micro-batches are committed, or all is read. */
        private StreamProcess runABit() throws IOException {
            var running = process;
            if (running == null) {
                running = StreamProcess.start(stage, machine);
                process = running;
            }
            var alive = running;
            long number = lastMicroBatch() + random.nextInt(1, 12);
            long end = stage.end().values().stream().mapToLong(it -> it).sum();
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(10)).until(() -> {
                if (!alive.isAlive()) {
                    throw new AssertionError("the stream has ended by itself: " + alive.told());
                }
                return lastMicroBatch() >= number || read() >= end;
            });
            park(150);
            return running;
        }

        /** Until it ends by itself, which a long enough run does, or has gone on for a while where the files stay small. */
        private void runWhereTheDiskIsFull() throws Exception {
            try (var limited = StreamProcess.start(stage, machine.withFilesOf(1 << random.nextInt(9)))) {
                var end = limited.awaitEnd(Duration.ofSeconds(15));
                if (end.isPresent() && end.getAsInt() == 0) {
                    throw new AssertionError("a stream with a full disk says that all is well: " + limited.told());
                }
            }
        }

        private long lastMicroBatch() {
            return stage.ledgerReader().lastCut().map(cut -> cut.microBatch()).orElse(0L);
        }

        private long read() {
            return stage.ledgerReader().lastCut().stream()
                    .flatMap(cut -> cut.positions().values().stream())
                    .mapToLong(it -> it)
                    .sum();
        }

        private void park(int mostMillis) {
            LockSupport.parkNanos(random.nextLong(mostMillis * 1_000_000L));
        }

        void endStream() {
            if (process != null) {
                process.close();
                process = null;
            }
        }

        private void tear(List<Path> files) throws IOException {
            if (!files.isEmpty()) {
                var file = files.get(random.nextInt(files.size()));
                var bytes = Files.readAllBytes(file);
                if (bytes.length > 0) {
                    bytes[random.nextInt(bytes.length)] ^= 1;
                    write(file, bytes);
                }
            }
        }

        private static Optional<Path> newest(List<Path> files) {
            return files.stream().max(Comparator.comparing(file -> {
                try {
                    return Files.getLastModifiedTime(file);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }));
        }

        private static void write(Path file, byte[] bytes) {
            try {
                Files.write(file, bytes);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private static List<Path> files(Path folder, String ending) throws IOException {
            try (var files = Files.walk(folder)) {
                return files.filter(Files::isRegularFile)
                        .filter(it -> it.toString().endsWith(ending))
                        .sorted()
                        .toList();
            } catch (NoSuchFileException e) {
                return List.of();
            }
        }

        private static void delete(Path folder) throws IOException {
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (NoSuchFileException e) {
                // Nothing has been saved there yet.
            }
        }

        @Override
        public void close() {
            endStream();
        }
    }
}
