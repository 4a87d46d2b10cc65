package dev.tandem.engine.landed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.engine.LogInMemory;
import dev.tandem.engine.LogInSlices;
import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.landed.TraitSearch.Count;
import dev.tandem.engine.landed.TraitSearch.FirstOf;
import dev.tandem.engine.landed.TraitSearch.Found;
import dev.tandem.engine.landed.TraitSearch.Kind;
import dev.tandem.engine.landed.TraitSearch.Trait;
import dev.tandem.engine.recount.LandedRun;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.fold.Coordinates;
import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.Landed;
import dev.tandem.fold.Lateness;
import dev.tandem.fold.Prepared;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.recount.EventTimes;
import dev.tandem.model.reading.DefinitionReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traits counted in a log whose late, duplicate and quarantined records are known by arithmetic. */
class TraitSearchTest {
    private static final String DEFINITION = """
            pipeline: sales
            time: { event: at }
            source: { kafka: sales }
            schema: id STRING, shop STRING, user STRING, at TIMESTAMP
            steps:
              - require: { no_shop: shop <> 'none' }
              - watermark: { delay: 1 minute }
            views:
              by_shop: { window: { tumbling: 10 minutes }, by: [shop], measures: { sales: count(*) } }
            outputs: [ { view: by_shop, table: "${mode}_sales", in: sqlite } ]
            """;

    private static final int RECORDS = 9_000;
    /** Windows that end by then are refused in every micro-batch. */
    private static final Instant CLOSED = Instant.parse("2026-01-01T00:10:00Z");

    private static final long CLOSED_MICROS = CLOSED.getEpochSecond() * 1_000_000;

    @TempDir
    static Path scratch;

    private static SparkRuntime spark;
    private static Compiled compiled;
    private static LogInSlices log;
    private static TraitSearch search;
    private static Lateness lateness;
    private static EndOffsets cut;

    /**
     * Record n is of partition n mod 3 and shop n mod 50; every record of shop 7 is late, every tenth one is a duplicate. Users are
     * different, but for one who has every second record of shop 7 and each 1,000th one from the fourth on.
     */
    @BeforeAll
    static void land() {
        spark = SparkRuntime.open("local[2]", scratch);
        var records = new ArrayList<Landed>();
        for (int number = 0; number < RECORDS; number++) {
            var shop = number % 90 == 5 ? "none" : "s" + number % 50;
            var at = shop.equals("s7") ? "2026-01-01T00:05:00Z" : "2026-01-01T00:15:00Z";
            var user = number % 100 == 7 || number % 1_000 == 3 ? "same" : "u" + number;
            var json =
                    "{\"id\":\"i%d\",\"shop\":\"%s\",\"user\":\"%s\",\"at\":\"%s\"}".formatted(number, shop, user, at);
            records.add(new Landed(
                    new Coordinates(number % 3, number / 3),
                    LogInMemory.ARRIVED,
                    new Prepared.Raw(json.getBytes(StandardCharsets.UTF_8)),
                    1,
                    shop.equals("none") ? Landed.As.QUARANTINED : as(number)));
        }
        compiled = Compiled.of(DefinitionReader.parse(DEFINITION, "definition.yaml"), spark);
        log = new LogInSlices(records, 4);
        cut = log.end();
        search = new TraitSearch(spark, compiled, log);
        lateness = new Lateness(compiled.plan(), Map.of(1L, new Watermarks(CLOSED_MICROS, CLOSED_MICROS)));
    }

    private static Landed.As as(int number) {
        return number % 10 == 4 ? Landed.As.DUPLICATE : Landed.As.KEPT;
    }

    @AfterAll
    static void stop() {
        spark.close();
    }

    private static Found found(Kind kind, List<FirstOf> files) {
        return Objects.requireNonNull(search.of(cut, lateness, files).get(kind));
    }

    /** The numbers 7, 107, 207 … are 90 of the 180 of shop 7; 3, 1,003 … are 9 of shop 3, which are not late. */
    @Test
    void countsAFrequentValueAmongTooManyToHold() {
        var found = found(Kind.LATE, List.of());
        assertThat(found.counts()).containsEntry(new Trait("user", "same"), new Count(90, 99));
        assertThat(found.counts().keySet().stream().filter(it -> it.name().equals("user")))
                .hasSize(1);
    }

    /**
     * A comparison counts traits in the pass that it makes anyway. The 100 records without a shop have numbers of 5, 95, 185 …, which
     * are all of partition 2; they have no event time.
     */
    @Test
    void findsTheSameInAComparisonAndTheEventTimesOfEachPartition() {
        var stored = new LandedRun.Stored(compiled.shapes(), (view, mode, into) -> {});
        var at = new Watermarks(CLOSED_MICROS, CLOSED_MICROS);
        var run = new LandedRun(spark, compiled, log, List.of());
        try (var recount = run.both(cut, Map.of(1L, at), at, stored)) {
            assertThat(recount.traits()).isEqualTo(search.of(cut, lateness, List.of()));
            long first = CLOSED_MICROS - 5 * 60_000_000L;
            long last = CLOSED_MICROS + 5 * 60_000_000L;
            assertThat(recount.times())
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            0, new EventTimes(3_000, 60, first, last),
                            1, new EventTimes(3_000, 60, first, last),
                            2, new EventTimes(2_900, 60, first, last)));
        }
    }

    /** Shop 7 has the numbers 7, 57, 107 …: 180 of 9,000, none of which is a duplicate or without a shop. */
    @Test
    void countsLateRecordsOfOneShop() {
        var found = found(Kind.LATE, List.of());
        assertThat(found.refused()).isEqualTo(180);
        assertThat(found.all()).isEqualTo(RECORDS);
        assertThat(found.counts()).containsEntry(new Trait("shop", "s7"), new Count(180, 180));
        assertThat(found.counts()).containsEntry(new Trait(TraitSearch.PARTITION, "0"), new Count(60, 3_000));
        assertThat(found.counts())
                .containsEntry(new Trait(TraitSearch.HOUR, "2026-01-01T01:00:00Z"), new Count(180, RECORDS));
        assertThat(found.counts().keySet().stream().filter(it -> it.name().equals("id")))
                .hasSizeLessThanOrEqualTo(10);
    }

    @Test
    void countsDuplicatesAndQuarantinedRecords() {
        var duplicates = found(Kind.DUPLICATE, List.of());
        assertThat(duplicates.refused()).isEqualTo(RECORDS / 10);
        assertThat(duplicates.counts()).containsEntry(new Trait("shop", "s4"), new Count(180, 180));
        var quarantined = found(Kind.QUARANTINED, List.of());
        assertThat(quarantined.counts()).containsEntry(new Trait("shop", "none"), new Count(100, 100));
    }

    /** Positions of three partitions run from 0 to 2,999; those of the second file begin at 1,000. */
    @Test
    void tellsTheFileOfAPosition() {
        var files = List.of(new FirstOf(0, "a.csv"), new FirstOf(1_000, "b.csv"));
        var found = found(Kind.LATE, files);
        assertThat(found.counts()).containsEntry(new Trait(TraitSearch.FILE, "a.csv"), new Count(60, 3_000));
        assertThat(found.counts()).containsEntry(new Trait(TraitSearch.FILE, "b.csv"), new Count(120, 6_000));
    }
}
