package dev.tandem.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.DefinitionChange.Effect;
import dev.tandem.model.DefinitionChange.Way;
import dev.tandem.model.reading.DefinitionReader;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionChangeTest {
    private static final String DEFINITION = """
            pipeline: shop
            about: till receipts
            time: { event: at }
            source: { kafka: receipts, format: json, group: shop }
            schema: at TIMESTAMP, item STRING, amount DECIMAL(12,2)
            steps:
              - watermark: { delay: 1 minute }
            views:
              per_item: { window: { tumbling: 10 minutes }, by: [item], measures: { n: count(*) } }
              best: { from: per_item, top: { n: 3, per: window, order: [n desc] } }
              ever: { measures: { n: count(*) } }
            outputs:
              - { view: per_item, table: "${mode}_per_item", in: sqlite }
              - { view: ever, csv: data/ever, mode: stream }
            stream: { trigger: 1 second }
            targets: { parity: 1% }
            """;

    private static final Pipeline BEFORE = DefinitionReader.parse(DEFINITION, "before");

    private static DefinitionChange change(String from, String to) {
        var now = DEFINITION.replace(from, to);
        assertThat(now).isNotEqualTo(DEFINITION);
        return DefinitionChange.between(Optional.of(BEFORE.meaning()), DefinitionReader.parse(now, "now"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "till receipts|receipts of all tills",
                "parity: 1%|parity: 2%",
                "1 second|2 seconds",
                "group: shop|group: till",
            })
    void whatChangesNoNumberIsFree(String from, String to) {
        var change = change(from, to);
        assertThat(change.way()).isEqualTo(Way.CONTINUE);
        assertThat(change.views()).isEmpty();
        assertThat(change.parts()).allMatch(it -> it.effect() == Effect.FREE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "delay: 1 minute|delay: 2 minutes",
                "amount DECIMAL(12,2)|amount DECIMAL(14,2)",
                "event: at }|event: at, zone: Asia/Kolkata }",
                "stream: {|stream: { emit: { per_item: closed },",
            })
    void whatEveryViewDependsOnChangesAll(String from, String to) {
        var change = change(from, to);
        assertThat(change.way()).isEqualTo(Way.REBUILD);
        assertThat(change.views()).containsExactlyInAnyOrder("per_item", "best", "ever");
    }

    @Test
    void aChangedViewChangesThoseThatRankItAndNoOther() {
        var change = change("tumbling: 10 minutes", "tumbling: 20 minutes");
        assertThat(change.way()).isEqualTo(Way.REBUILD);
        assertThat(change.views()).containsExactlyInAnyOrder("per_item", "best");
        assertThat(change.leavesAlone(BEFORE, 0)).isFalse();
        assertThat(change.leavesAlone(BEFORE, 1)).isTrue();
    }

    @Test
    void aNewViewLeavesTheOthersAlone() {
        var change = change("  ever:", "  day: { window: { tumbling: 1 day }, measures: { n: count(*) } }\n  ever:");
        assertThat(change.way()).isEqualTo(Way.REBUILD);
        assertThat(change.views()).containsExactly("day");
        assertThat(change.parts()).extracting(DefinitionChange.Part::effect).containsExactly(Effect.NEW);
    }

    @Test
    void anOutputLessIsFreeAndOneMoreIsNot() {
        var csv = "  - { view: ever, csv: data/ever, mode: stream }\n";
        assertThat(change(csv, "").way()).isEqualTo(Way.CONTINUE);
        assertThat(change(csv, csv + "  - { view: best, csv: \"data/${mode}_best\" }\n")
                        .way())
                .isEqualTo(Way.REBUILD);
        assertThat(change(csv, csv + "  - { view: best, csv: data/best, mode: batch }\n")
                        .way())
                .isEqualTo(Way.CONTINUE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kafka: receipts|kafka: bills",
                "format: json|format: csv",
                "format: json|format: json, land: { table: raw, in: sqlite }"
            })
    void theLandedLogCannotBeMadeAgain(String from, String to) {
        assertThat(change(from, to).way()).isEqualTo(Way.IMPOSSIBLE);
    }

    @Test
    void whatNobodyKeptChangesEverything() {
        var change = DefinitionChange.between(Optional.empty(), BEFORE);
        assertThat(change.way()).isEqualTo(Way.REBUILD);
        assertThat(change.views()).containsExactlyInAnyOrder("per_item", "best", "ever");
        assertThat(change.leavesAlone(BEFORE, 1)).isFalse();
    }

    @Test
    void aMeaningIsReadAsItWasWritten() {
        var odd = DefinitionReader.parse(
                DEFINITION.replace("by: [item]", "by: { odd: \"concat(item, '\\\\t\\n\\t')\" }"), "odd");
        assertThat(Meaning.of(odd.meaning().text())).isEqualTo(odd.meaning());
        assertThat(Meaning.of(odd.meaning().text())).isNotEqualTo(BEFORE.meaning());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"FROM KEY", "FROM HEADER 'till'", "FROM TIMESTAMP"})
    void whatIsReadBesideTheValueWasNotLanded(String from) {
        var type = from.equals("FROM TIMESTAMP") ? "TIMESTAMP" : "STRING";
        var change = change("item STRING,", "item STRING, till %s %s,".formatted(type, from));
        assertThat(change.way()).isEqualTo(Way.IMPOSSIBLE);
        assertThat(change.summary()).contains("source/fields beside the value: impossible");
    }
}
