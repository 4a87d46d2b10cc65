package dev.tandem.model.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names that collide with columns that outputs have of their own, or with each other by case. */
class OwnColumnsTest {
    private static final String DEFINITION = """
            pipeline: names
            time: { event: at }
            source: { files: in, land: { table: my_raw, in: sqlite%s } }
            schema: at TIMESTAMP, id STRING, status INT, run_id STRING, event_time STRING
            steps:
              - watermark: { delay: 1 minute }
              %s
            views:
              v: %s
            outputs:
              %s
            """;
    private static final String KEYED = "{ by: [status], measures: { n: count(*) } }";
    private static final String COUNTED = "{ measures: { n: count(*) } }";
    private static final String CONSOLE = "- { view: v, console: true }";
    private static final String NO_STEP = "- keep: id <> ''";

    private static List<Problem> problems(String land, String step, String view, String output) {
        return Definitions.problemsOf(DEFINITION.formatted(land, step, view, output));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{ by: [status], measures: { n: count(*) } } | - { view: v, table: \"${mode}_v\", in: sqlite } | the table of 'v' has a column 'status' of its own | give the key another name, as in by: { my_status: \"status\" }",
                "{ measures: { Events: count(*) } }          | - { view: v, table: \"${mode}_v\", in: sqlite } | the table of 'v' has a column 'events' of its own | rename it, as in 'my_Events'",
                "{ measures: { revision: count(*) } }        | - { view: v, kafka: out }                       | each row of 'v' has a column 'revision' of its own | rename it, as in 'my_revision'",
                "{ by: [status], measures: { n: count(*) } } | - { view: v, latest: \"o/${mode}\" }            | each row of 'v' has a column 'status' of its own | give the key another name, as in by: { my_status: \"status\" }",
                "{ measures: { n: count(*) } }               | - { rows: events, table: \"${mode}_r\", in: sqlite, key: [id] } | the table of 'events' has a column 'run_id' of its own | rename the field, as in \"my_run_id STRING FROM 'run_id'\""
            })
    void areRefusedWhereTheyCollide(String view, String output, String what, String hint) {
        assertThat(problems("", NO_STEP, view, output))
                .extracting(Problem::what, Problem::hint)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(what, hint));
    }

    @Test
    void areAllowedWhereNothingCollides() {
        assertThat(problems("", NO_STEP, KEYED, "- { view: v, csv: \"c/${mode}\" }"))
                .isEmpty();
        assertThat(problems("", NO_STEP, KEYED, CONSOLE)).isEmpty();
        assertThat(problems("", NO_STEP, COUNTED, "- { view: v, table: \"${mode}_v\", in: sqlite }"))
                .isEmpty();
    }

    @Test
    void areRefusedInALandingTable() {
        assertThat(problems(", key: [event_time]", NO_STEP, COUNTED, CONSOLE))
                .extracting(Problem::what, Problem::hint)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        "the landing table has a column 'event_time' of its own",
                        "rename the field, as in \"my_event_time STRING FROM 'event_time'\""));
    }

    @Test
    void mayNotDifferByCaseAlone() {
        assertThat(problems("", NO_STEP, "{ by: [id], measures: { ID: count(*) } }", CONSOLE))
                .extracting(Problem::what)
                .containsExactly("the columns 'id' and 'ID' differ by case alone, and databases take them for one");
        assertThat(problems("", "- set: { Id: lower(id) }", COUNTED, CONSOLE))
                .extracting(Problem::what, Problem::hint)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        "'Id' and 'id' differ by case alone, and expressions take them for one",
                        "write 'id' to set that field, or use another name"));
    }

    @Test
    void leaveTheRankToATopView() {
        assertThat(problems(
                        "",
                        NO_STEP,
                        "{ measures: { rank: count(*) } }\n  best: { from: v, top: { n: 3, order: [rank desc] } }",
                        CONSOLE))
                .extracting(Problem::what)
                .containsExactly("'v' has a column 'rank', which is what a top view calls the place in the ranking");
    }
}
