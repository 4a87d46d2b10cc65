package dev.tandem.model.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a schema may say, and what is said about the rest. */
class SchemaReadingTest {
    private static final String DEFINITION = """
            pipeline: fields
            time: { event: at }
            source: { %s }
            schema: |-
              at TIMESTAMP, %s
            views: { n: { measures: { n: count(*) } } }
            outputs: [{ view: n, table: "${mode}_n", in: sqlite }]
            """;
    private static final String TOPIC = "kafka: raw";

    private static List<Problem> problems(String source, String fields) {
        return Definitions.problemsOf(DEFINITION.formatted(source, fields));
    }

    @Test
    void takesClausesInAnyOrder() {
        assertThat(
                        problems(
                                TOPIC,
                                "a STRING LENIENT NOT NULL FROM '$.a[0][\"b,c\"]', b STRING from 'x, y' not null lenient,"
                                        + " c TIMESTAMP EPOCH MICROS FROM 'T', d DECIMAL(10, 2) FROM 'd(', e ARRAY<STRING> FROM 'E''s',"
                                        + " p INT FROM PARTITION, o BIGINT FROM OFFSET, __op STRING, k BIGINT FROM KEY, key STRING,"
                                        + " h STRING FROM HEADER 'it''s', i TIMESTAMP EPOCH MILLIS FROM HEADER 'key', s TIMESTAMP from timestamp"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a DATETIME                        | the field 'a' has no known type 'DATETIME'       | write TIMESTAMP",
                "a FLOAT                           | the field 'a' has no known type 'FLOAT'          | write DOUBLE",
                "a TEXT NOT NULL                   | the field 'a' has no known type 'TEXT'           | write STRING",
                "a LONG                            | the field 'a' has no known type 'LONG'           | write BIGINT",
                "a VARCHAR(20)                     | the field 'a' has no known type 'VARCHAR(20)'    | write STRING",
                "a Decimal                         | the field 'a' has no known type 'Decimal'        | write DECIMAL(p,s)",
                "a STRNG                           | the field 'a' has no known type 'STRNG'          | did you mean 'STRING'?",
                "a STRING FROM                     | the field 'a' does not say what it comes FROM    | write e.g. FROM 'log.level', FROM '$.user.id', FROM KEY, FROM HEADER 'tenant', FROM PARTITION or FROM FILE",
                "a STRING FROM x                   | the field 'a' does not say what it comes FROM    | write e.g. FROM 'log.level', FROM '$.user.id', FROM KEY, FROM HEADER 'tenant', FROM PARTITION or FROM FILE",
                "a STRING FROM '$.a..b'            | the field 'a' comes from '$.a..b', which is not a path into an object | write e.g. '$.user.id', '$.items[0].sku' or '$[\"odd.name\"].id'",
                "a STRING FROM '$[0]'              | the field 'a' comes from '$[0]', which is not a path into an object | write e.g. '$.user.id', '$.items[0].sku' or '$[\"odd.name\"].id'",
                "a STRING FROM 'x' FROM 'y'        | the field 'a' comes FROM two places              | keep one of them",
                "a STRING NOT                      | the field 'a' has NOT without NULL               | write NOT NULL",
                "a INT LENIENT                     | the field 'a' is a LENIENT INT, and only text can be | write 'a STRING LENIENT', or remove LENIENT",
                "a BIGINT EPOCH MILLIS             | the field 'a' is the EPOCH of a BIGINT, and only a time has one | write 'a TIMESTAMP EPOCH MILLIS', or remove EPOCH",
                "a TIMESTAMP EPOCH                 | the field 'a' does not say in which unit its epoch is | write EPOCH SECONDS, EPOCH MILLIS or EPOCH MICROS",
                "a STRING FROM PARTITION           | the field 'a' comes from PARTITION and is STRING | write 'a INT FROM PARTITION'",
                "a STRING FROM HEADER              | the field 'a' does not say from which HEADER it comes | write FROM HEADER 'name'",
                "a STRING FROM HEADER tenant       | the field 'a' does not say from which HEADER it comes | write FROM HEADER 'name'",
                "a BOOLEAN FROM KEY                | the field 'a' comes from KEY and is BOOLEAN      | write 'a STRING FROM KEY'",
                "a STRING FROM TIMESTAMP           | the field 'a' comes from TIMESTAMP and is STRING | write 'a TIMESTAMP FROM TIMESTAMP'",
                "a STRING LENIENT FROM KEY         | the field 'a' is LENIENT, and what it comes from is text anyway | remove LENIENT",
                "a STRING FROM KEY, b INT FROM KEY | the fields 'a' and 'b' are both read from KEY    | keep one, and set the other in a step",
                "a STRING FROM FILE                | the field 'a' comes from FILE, which a message of a topic does not have | read it FROM KEY or FROM HEADER 'name', or read files",
                "e STRING, E BIGINT                | the fields 'e' and 'E' differ by case alone, and expressions and databases take them for one | rename one of them, as in \"E_2 BIGINT FROM 'E'\"",
                "a INT FROM 'x', b INT FROM '$.x'  | the fields 'a' and 'b' are both read from 'x'    | keep one, and set the other in a step",
                "a INT FROM '$.x.y', b INT FROM '$.x[0]' | '$.x' would be an object for the field 'a' and a list for 'b' | fix the path of one of them",
                "x STRING, b INT FROM '$.x.y'      | the field 'x' is STRING, and 'b' is read from within it | write 'x STRING LENIENT' to have its JSON text, or remove it"
            })
    void tellsWhatIsWrongWithAField(String fields, String what, String hint) {
        assertThat(problems(TOPIC, fields))
                .extracting(Problem::what, Problem::hint)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(what, hint));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "files: in | a STRING FROM '$.x.y' | the field 'a' comes from '$.x.y', and a CSV record has no objects",
                "files: in | a STRING LENIENT      | the field 'a' is LENIENT, and a CSV cell is text anyway",
                "files: in | p INT FROM PARTITION  | the field 'p' comes from PARTITION, which a record of a file does not have",
                "files: in | p STRING FROM KEY        | the field 'p' comes from KEY, which a record of a file does not have",
                "files: in | p STRING FROM HEADER 'x' | the field 'p' comes from HEADER 'x', which a record of a file does not have",
                "files: in, format: { csv: { header: false } } | a STRING FROM 'A b' | the field 'a' comes from 'A b', and these records have no header",
                "kafka: t, format: csv | a STRING FROM 'A b' | the field 'a' comes from 'A b', and these records have no header"
            })
    void tellsWhatTheSourceCannotGive(String source, String field, String what) {
        assertThat(problems(source, field)).extracting(Problem::what).containsExactly(what);
    }

    @Test
    void letsTheColumnsOfAHeaderHaveAnyName() {
        assertThat(problems("files: in", "a STRING FROM 'Order ID', b DECIMAL(8,2) FROM 'Sales ($)'"))
                .isEmpty();
    }
}
