package dev.tandem.engine.landed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.engine.LogInMemory;
import dev.tandem.engine.LogInSlices;
import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.landed.TraitSearch.Count;
import dev.tandem.engine.landed.TraitSearch.FirstOf;
import dev.tandem.engine.landed.TraitSearch.Kind;
import dev.tandem.engine.landed.TraitSearch.Trait;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Cut;
import dev.tandem.fold.Landed;
import dev.tandem.fold.Lateness;
import dev.tandem.fold.Prepared;
import dev.tandem.fold.Watermarks;
import dev.tandem.model.reading.DefinitionReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
            schema: id STRING, shop STRING, at TIMESTAMP
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

    @TempDir
    static Path scratch;

    private static SparkRuntime spark;
    private static TraitSearch search;
    private static Lateness lateness;
    private static Cut cut;

    /** Record n is of partition n mod 3 and shop n mod 50; every record of shop 7 is late, every tenth one is a duplicate. */
    @BeforeAll
    static void land() {
        spark = SparkRuntime.open("local[2]", scratch);
        var records = new ArrayList<Landed>();
        for (int number = 0; number < RECORDS; number++) {
            var shop = number % 90 == 5 ? "none" : "s" + number % 50;
            var at = shop.equals("s7") ? "2026-01-01T00:05:00Z" : "2026-01-01T00:15:00Z";
            var json = "{\"id\":\"i%d\",\"shop\":\"%s\",\"at\":\"%s\"}".formatted(number, shop, at);
            records.add(new Landed(
                    new Coordinates(number % 3, number / 3),
                    LogInMemory.ARRIVED,
                    new Prepared.Raw(json.getBytes(StandardCharsets.UTF_8)),
                    1,
                    shop.equals("none") ? Landed.As.QUARANTINED : as(number)));
        }
        var compiled = Compiled.of(DefinitionReader.parse(DEFINITION, "definition.yaml"), spark);
        var log = new LogInSlices(records, 4);
        cut = log.end();
        search = new TraitSearch(spark, compiled, log);
        long closed = CLOSED.getEpochSecond() * 1_000_000;
        lateness = new Lateness(compiled.plan(), Map.of(1L, new Watermarks(closed, closed)));
    }

    private static Landed.As as(int number) {
        return number % 10 == 4 ? Landed.As.DUPLICATE : Landed.As.KEPT;
    }

    @AfterAll
    static void stop() {
        spark.close();
    }

    /** Shop 7 has the numbers 7, 57, 107 …: 180 of 9,000, none of which is a duplicate or without a shop. */
    @Test
    void countsLateRecordsOfOneShop() {
        var found = search.of(Kind.LATE, cut, lateness, List.of());
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
        var duplicates = search.of(Kind.DUPLICATE, cut, lateness, List.of());
        assertThat(duplicates.refused()).isEqualTo(RECORDS / 10);
        assertThat(duplicates.counts()).containsEntry(new Trait("shop", "s4"), new Count(180, 180));
        var quarantined = search.of(Kind.QUARANTINED, cut, lateness, List.of());
        assertThat(quarantined.counts()).containsEntry(new Trait("shop", "none"), new Count(100, 100));
    }

    /** Positions of three partitions run from 0 to 2,999; those of the second file begin at 1,000. */
    @Test
    void tellsTheFileOfAPosition() {
        var files = List.of(new FirstOf(0, "a.csv"), new FirstOf(1_000, "b.csv"));
        var found = search.of(Kind.LATE, cut, lateness, files);
        assertThat(found.counts()).containsEntry(new Trait(TraitSearch.FILE, "a.csv"), new Count(60, 3_000));
        assertThat(found.counts()).containsEntry(new Trait(TraitSearch.FILE, "b.csv"), new Count(120, 6_000));
    }
}
