package dev.tandem.app.capsule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Landed;
import dev.tandem.fold.Prepared.Raw;
import dev.tandem.model.Pipeline;
import dev.tandem.model.reading.DefinitionReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pseudonyms hide texts and nothing else: what is equal stays equal, and in the same order. */
class MaskingTest {
    private static Pipeline pipeline(String format) {
        return DefinitionReader.parse("""
                pipeline: masked
                time: { event: at }
                source: { files: data/in, format: %s, land: segments, ledger: sqlite }
                schema: at TIMESTAMP, who STRING, tags ARRAY<STRING>, n INT
                steps: [ { watermark: { delay: 1 minute } } ]
                views: { all: { measures: { n: count(*) } } }
                outputs: [ { view: all, table: "${mode}_all", in: sqlite } ]
                """.formatted(format), "masked.yaml");
    }

    private static List<String> masked(Pipeline pipeline, List<String> fields, String... records) {
        var landed = new ArrayList<Landed>();
        for (var record : records) {
            var raw = new Raw(record.getBytes(StandardCharsets.UTF_8));
            landed.add(new Landed(new Coordinates(0, landed.size()), 0, raw, 1, Landed.As.KEPT));
        }
        return new Masking(pipeline, fields)
                .masked(landed).stream()
                        .map(it -> new String(it.raw().bytes(), StandardCharsets.UTF_8))
                        .toList();
    }

    @Test
    void textsOfJsonAreReplacedWhereverTheyStandInAMaskedField() {
        assertThat(masked(pipeline("json"), List.of("who", "tags"), """
                        {"who":"zoe","tags":["ann","zoe"],"n":1.50,"other":"zoe"}""", """
                        {"n":2,"who":"ann","tags":[]}""")).containsExactly("""
                        {"who":"masked-2","tags":["masked-1","masked-2"],"n":1.50,"other":"zoe"}""", """
                        {"n":2,"who":"masked-1","tags":[]}""");
    }

    @Test
    void pseudonymsStandInTheOrderOfTheirTextsAlsoWhenThereAreMany() {
        var records = new String[11];
        for (int number = 0; number < records.length; number++) {
            records[number] = "{\"who\":\"%c\"}".formatted('k' - number);
        }
        assertThat(masked(pipeline("json"), List.of("who"), records))
                .startsWith("{\"who\":\"masked-11\"}", "{\"who\":\"masked-10\"}", "{\"who\":\"masked-09\"}")
                .endsWith("{\"who\":\"masked-01\"}");
    }

    @Test
    void anUnknownFieldIsRefusedWithThoseThereAre() {
        assertThatThrownBy(() -> new Masking(pipeline("json"), List.of("whom")))
                .hasMessageContaining("Cannot mask 'whom' of 'masked'")
                .hasMessageContaining("at, who, tags, n");
    }

    @Test
    void cellsOfCsvAreReplacedAndAllElseStays() {
        var cells = new MaskedCells(';');
        var record = "1;\"a \"\"b\"\"; c\";;d\r\n".getBytes(StandardCharsets.UTF_8);
        var seen = new ArrayList<String>();
        var masked = cells.replaced(record, List.of(1, 3), text -> {
            seen.add(text);
            return "m\"" + seen.size();
        });
        assertThat(seen).containsExactly("a \"b\"; c", "d");
        assertThat(new String(masked, StandardCharsets.UTF_8)).isEqualTo("1;\"m\"\"1\";;m\"2\r\n");
    }
}
