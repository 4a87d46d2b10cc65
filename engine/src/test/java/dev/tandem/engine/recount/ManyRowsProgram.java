package dev.tandem.engine.recount;

import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.fold.Coordinates;
import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog;
import dev.tandem.fold.Prepared;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.recount.ComparedPart;
import dev.tandem.model.Window.Span;
import dev.tandem.model.reading.DefinitionReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;

/**
 * Recounts a log in which each record has a row of its own and each tenth record comes twice, beside the same rows as stored, in a
 * Java process whose memory the test chooses. Tells how many rows met, and how many were held at once.
 */
final class ManyRowsProgram {
    private static final int MICRO_BATCH = 20_000;
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final Span HOUR = new Span(NOON, NOON.plus(Duration.ofHours(1)));
    private static final long AFTERWARDS = NOON.plus(Duration.ofDays(1)).toEpochMilli();

    private static final String DEFINITION = """
            pipeline: many
            time: { event: at, zone: UTC }
            source: { kafka: many, land: segments }
            schema: id BIGINT, at TIMESTAMP
            steps:
              - watermark: { delay: 1 minute }
              - dedup: { by: [id], within: forever }
            views:
              each: { window: { tumbling: 1 hour }, by: [id], measures: { n: count(*), total: sum(id) } }
            outputs: [ { view: each, table: "${mode}_each", in: sqlite } ]
            """;

    private ManyRowsProgram() {}

    /** Record i of the log, of {@code count} keys: after each ten keys the last one comes again. */
    record Log(long count) implements LandedLog {
        private long records() {
            return count + count / 10;
        }

        private Landed record(long position) {
            long id = position / 11 * 10 + Math.min(position % 11, 9);
            var text = "{\"id\": %d, \"at\": \"2026-01-31T12:30:00Z\"}".formatted(id);
            return new Landed(
                    new Coordinates(0, position),
                    AFTERWARDS,
                    new Prepared.Raw(text.getBytes(StandardCharsets.UTF_8)),
                    position / MICRO_BATCH,
                    position % 11 == 10 ? Landed.As.DUPLICATE : Landed.As.KEPT);
        }

        @Override
        public List<Slice> slices(EndOffsets cut, int parts) {
            return IntStream.rangeClosed(0, (int) cut.microBatch())
                    .mapToObj(number -> new Slice(number, number))
                    .toList();
        }

        @Override
        public ClosingIterator<Landed> read(Slice slice) {
            return new Reading(
                    this, slice.first() * MICRO_BATCH, Math.min(records(), (slice.last() + 1) * MICRO_BATCH));
        }
    }

    private static final class Reading implements LandedLog.ClosingIterator<Landed> {
        private final Log log;
        private final long until;
        private long next;

        Reading(Log log, long from, long until) {
            this.log = log;
            this.next = from;
            this.until = until;
        }

        @Override
        public boolean hasNext() {
            return next < until;
        }

        @Override
        public Landed next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return log.record(next++);
        }

        @Override
        public void close() {}
    }

    /** What one part had. */
    private record Met(int expected, int met) {
        static Met of(ComparedPart part) {
            var stored = new HashSet<>(part.stream());
            stored.retainAll(new HashSet<>(part.batch()));
            var expected = new HashSet<>(part.expectedStream());
            expected.retainAll(new HashSet<>(part.expectedBatch()));
            int rows = expected.size();
            expected.retainAll(stored);
            return new Met(rows, expected.size());
        }
    }

    /** The number of rows, then a folder. */
    public static void main(String[] arguments) {
        var log = new Log(Long.parseLong(arguments[0]));
        long last = (log.records() - 1) / MICRO_BATCH;
        var ledger = new HashMap<Long, Watermarks>();
        for (long number = 0; number <= last; number++) {
            ledger.put(number, Watermarks.NONE);
        }
        var at = new Watermarks(Long.MIN_VALUE, Long.MAX_VALUE - 1);
        try (var spark = SparkRuntime.open("local[2]", Path.of(arguments[1]))) {
            var compiled = Compiled.of(DefinitionReader.parse(DEFINITION, "many.yaml"), spark);
            StoredRows rows = (view, mode, into) -> {
                for (long id = 0; id < log.count(); id++) {
                    into.accept(row(id));
                }
            };
            var stored = new LandedRun.Stored(compiled.shapes(), rows);
            var cut = new EndOffsets(last, Map.of(0, log.records()));
            var sum = new long[4];
            try (var recount = new LandedRun(spark, compiled, log, List.of()).both(cut, ledger, at, stored)) {
                recount.compare(Met::of, part -> {
                    sum[0] += part.expected();
                    sum[1] += part.met();
                    sum[2] = Math.max(sum[2], part.expected());
                });
                sum[3] = recount.fates().duplicate();
            }
            System.out.printf(
                    Locale.ROOT,
                    "expected %d met %d duplicates %d largest %s%n",
                    sum[0],
                    sum[1],
                    sum[3],
                    sum[2] <= 50_000 ? "small" : Long.toString(sum[2]));
        }
    }

    private static ResultRow row(long id) {
        return new ResultRow("each", HOUR, List.of(id), List.of(1L, id), ResultRow.Status.CLOSED, 1, 1);
    }
}
