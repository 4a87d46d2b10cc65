package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Records with faults in files, the fate of each known from how it was made: late ones are 40 minutes old where the delay is one, copies
 * that are counted again come an hour after the first where keys are remembered for ten minutes.
 */
final class FaultyFiles {
    static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
    static final int FILES = 12;

    private FaultyFiles() {}

    /** One record of the plan; {@code fate} is what the stream makes of it beside the batch. */
    record Planned(String id, int window, String tag, int likes, Fate fate) {
        String json(int second) {
            var at = NOON.plus(Duration.ofMinutes(10L * window)).plusSeconds(second);
            return "{\"id\":\"%s\",\"at\":\"%s\",\"tag\":\"%s\",\"likes\":%d}".formatted(id, at, tag, likes);
        }

        String row() {
            return NOON.plus(Duration.ofMinutes(10L * window)) + " " + tag;
        }
    }

    enum Fate {
        COUNTED("counted", "counted"),
        DUPLICATE("duplicate of 0-", "duplicate of 0-"),
        LATE("late", "counted"),
        COUNTED_AGAIN("counted", "duplicate of 0-");

        final String inStream;
        final String inBatch;

        /** How the answer begins that tells what each mode did. */
        Fate(String inStream, String inBatch) {
            this.inStream = inStream;
            this.inBatch = inBatch;
        }
    }

    static List<List<Planned>> plan(long seed) {
        var random = new SplittableRandom(seed);
        var plan = new ArrayList<List<Planned>>();
        for (int file = 0; file < FILES; file++) {
            var records = new ArrayList<Planned>();
            for (int number = 0; number < 24; number++) {
                var id = "e-%d-%d".formatted(file, number);
                var fresh = new Planned(id, file, tag(random), random.nextInt(50), Fate.COUNTED);
                records.add(fresh);
                int chance = random.nextInt(10);
                if (chance == 0) {
                    records.add(new Planned(id, file, fresh.tag(), fresh.likes(), Fate.DUPLICATE));
                } else if (chance == 1 && file >= 5) {
                    records.add(new Planned("late-" + id, file - 4, tag(random), random.nextInt(50), Fate.LATE));
                } else if (chance == 2 && file >= 7) {
                    var old = plan.get(file - 6).get(0);
                    if (records.stream().noneMatch(it -> it.id().equals(old.id())) && old.fate() == Fate.COUNTED) {
                        records.add(new Planned(old.id(), file, tag(random), random.nextInt(50), Fate.COUNTED_AGAIN));
                    }
                }
            }
            plan.add(records);
        }
        return plan;
    }

    private static String tag(SplittableRandom random) {
        return List.of("java", "spark", "flink").get(random.nextInt(3));
    }

    /** By cause, the positions of the records that the plan gives it. */
    static Map<String, Set<Long>> causes(List<List<Planned>> plan) {
        var names = Map.of(Fate.LATE, "late", Fate.COUNTED_AGAIN, "dup_horizon");
        var causes = new TreeMap<String, Set<Long>>();
        long position = 0;
        for (var record : plan.stream().flatMap(List::stream).toList()) {
            if (names.containsKey(record.fate())) {
                causes.computeIfAbsent(names.get(record.fate()), key -> new TreeSet<>())
                        .add(position);
            }
            position++;
        }
        assertThat(causes).hasSize(2);
        return causes;
    }

    /** Of each row that differs by the plan, how many records the stream and the batch count. */
    static Map<String, String> counts(List<List<Planned>> plan) {
        var stream = new HashMap<String, Integer>();
        var batch = new HashMap<String, Integer>();
        plan.stream().flatMap(List::stream).forEach(it -> {
            if (it.fate() == Fate.COUNTED || it.fate() == Fate.COUNTED_AGAIN) {
                stream.merge(it.row(), 1, Integer::sum);
            }
            if (it.fate() == Fate.COUNTED || it.fate() == Fate.LATE) {
                batch.merge(it.row(), 1, Integer::sum);
            }
        });
        var rows = new TreeSet<>(stream.keySet());
        rows.addAll(batch.keySet());
        var differing = new TreeMap<String, String>();
        for (var row : rows) {
            int left = stream.getOrDefault(row, 0);
            int right = batch.getOrDefault(row, 0);
            if (left != right) {
                differing.put(row, left + " " + right);
            }
        }
        return differing;
    }

    /** Writes the records of a file into the folder that the pipeline reads. */
    static void write(Path home, List<Planned> records, int file) throws IOException {
        var lines = new StringBuilder();
        for (int index = 0; index < records.size(); index++) {
            lines.append(records.get(index).json(index)).append('\n');
        }
        var folder = Files.createDirectories(home.resolve("data/in"));
        Files.writeString(folder.resolve("part-%03d.jsonl".formatted(file)), lines);
    }
}
