package dev.tandem.engine.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.DefinitionException;
import dev.tandem.model.reading.DefinitionReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionsTest {
    private static final String DEFINITION = """
            pipeline: notes
            time: { event: at }
            source: { kafka: notes, land: { table: note_raw, in: mysql, key: [id] } }
            schema: id STRING, likes INT, price DECIMAL(10,2), tags ARRAY<STRING>, flag BOOLEAN, at TIMESTAMP
            steps:
              - %s
              - watermark: { delay: 1 minute }
              - dedup: { by: [id], keep: first, within: 1 hour }
            views:
              totals:
                %s
            outputs:
              - { view: totals, table: "${mode}_totals", in: mysql }
            """;

    private static final String ANY_VIEW = "measures: { n: count(*) }";

    private static String definition(String step, String view) {
        return DEFINITION.formatted(step, view);
    }

    private static List<String> told(String definition) {
        return Expressions.check(DefinitionReader.parse(definition, "notes.yaml")).stream()
                .map(problem -> "%s %s; %s".formatted(problem.place(), problem.what(), problem.hint()))
                .toList();
    }

    private static List<String> ofKeep(String expression) {
        return told(definition("keep: \"%s\"".formatted(expression), ANY_VIEW));
    }

    private static List<String> ofSet(String expression) {
        return told(definition("set: { x: \"%s\" }".formatted(expression), ANY_VIEW));
    }

    @Nested
    class AGoodDefinition {
        @Test
        void hasNoProblems() {
            var tweets = Path.of("..", "pipelines", "tweets", "pipeline.yaml");
            assertThat(Expressions.check(DefinitionReader.read(tweets, "tweets")))
                    .isEmpty();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "filter(transform(tags, tag -> lower(trim(tag))), tag -> tag <> id)",
                    "id BETWEEN 'a' AND 'b'",
                    "CASE WHEN id LIKE 'a%' OR id RLIKE '^b+$' THEN 1 ELSE 2 END",
                    "price / nullif(likes, 0)",
                    "likes / 2",
                    "try_divide(price, likes)",
                    "date_trunc('day', at) + INTERVAL '2' HOURS",
                    "at > '2026-01-01'",
                    "extract(hour FROM at)",
                    "timestampdiff(SECOND, at, at)",
                    "try_cast(id AS INT)",
                    "to_date(at)",
                    "try_to_date(id)",
                    "get(tags, 0)",
                    "id || '-' || likes",
                    "aggregate(tags, 0, (total, tag) -> total + length(tag))",
                    "trim(BOTH 'x' FROM id)",
                    "DATE '2026-01-31'"
                })
        void maySayWhatHasOneAnswerPerRecord(String expression) {
            assertThat(ofSet(expression)).isEmpty();
        }

        @Test
        void seesTheElementsOfAnExplodedList() {
            assertThat(
                            told(
                                    definition(
                                            "keep: flag",
                                            "{ explode: { each: tags, as: tag }, where: length(tag) > 1, by: [tag], measures: { n: \"sum(size(filter(tags, it -> it = tag)))\" } }")))
                    .isEmpty();
        }

        @Test
        void seesWhatAnEarlierAssignmentSet() {
            assertThat(told(definition("set: { many: likes > 5, most: many AND flag }", ANY_VIEW)))
                    .isEmpty();
        }
    }

    @Nested
    class AWordThatIsUnknown {
        @Test
        void isToldWithItsPlaceAndTheNearestColumn() {
            assertThat(ofKeep("likez > 1")).containsExactly("6:12 there is no column 'likez'; did you mean 'likes'?");
        }

        @Test
        void isToldInsideALambda() {
            assertThat(ofKeep("exists(tags, tag -> tog = 'x')"))
                    .containsExactly("6:32 there is no column 'tog'; did you mean 'tags'?");
        }

        @Test
        void isToldForAFunction() {
            assertThat(ofKeep("lowr(id) = 'x'"))
                    .containsExactly("6:12 there is no function 'lowr'; did you mean 'lower'?");
        }

        @Test
        void isToldForAColumnOfDedupAndLanding() {
            var definition = definition("keep: flag", ANY_VIEW).replace("[id]", "[idd]");
            assertThat(told(definition))
                    .containsExactly(
                            "1:1 dedup names 'idd', which is no column; did you mean 'id'?",
                            "1:1 the key of the landing table names 'idd', which is no column; did you mean 'id'?");
        }
    }

    @Nested
    class AnExpressionThatIsRefused {
        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                        reflect('java.lang.Runtime', 'exit') = 'x' | the function reflect may not be used
                        java_method('java.lang.Runtime', 'exit') = 'x' | the function java_method may not be used
                        try_reflect('java.lang.Runtime', 'exit') = 'x' | the function try_reflect may not be used
                        rand() > 0.5 | the function rand may not be used
                        uuid() = id | the function uuid may not be used
                        current_timestamp() > at | the function current_timestamp may not be used
                        now() > at | the function now may not be used
                        current_date > at | there is no column 'current_date'
                        raise_error('x') | the function raise_error may not be used
                        input_file_name() = 'x' | the function input_file_name may not be used
                        sum(likes) > 1 | sum needs other records
                        row_number() OVER (ORDER BY id) > 1 | an expression sees only its own record
                        explode(tags) = 'x' | explode makes several rows of one
                        (SELECT true) | an expression may not ask other tables
                        EXISTS (SELECT 1) | an expression may not ask other tables
                        id IN (SELECT id FROM other) | an expression may not ask other tables
                        text.`/etc/hostname` = 'x' | 'text./etc/hostname' is not a column
                        tags[0] = 'x' | an index in brackets stops the run
                        element_at(tags, 1) = 'x' | element_at stops the run
                        likes / price > 1 | a division stops the run
                        likes % 0 = 1 | a division stops the run
                        cast(id AS INT) > 1 | a cast stops the run
                        id::INT > 1 | a cast stops the run
                        int(id) > 1 | int stops the run
                        to_date(id) > at | text is taken for DATE
                        id > 5 | text is taken for
                        likes > 'many' | it fails on a plain record
                        id RLIKE '(' | it fails on a plain record
                        :id = 'x' | there are no parameters here
                        * | * is not a value
                        id > | this is no expression
                        """)
        void saysWhy(String expression, String what) {
            assertThat(ofKeep(expression)).singleElement().asString().contains(what);
        }

        @Test
        void tellsHowToConvertInstead() {
            assertThat(ofKeep("cast(id AS INT) > 1"))
                    .containsExactly(
                            "6:11 a cast stops the run where a record cannot be converted; write try_cast(id AS INT)");
        }
    }

    @Nested
    class ATypeThatDoesNotFit {
        @Test
        void isToldForACondition() {
            assertThat(ofKeep("likes + 1"))
                    .containsExactly(
                            "6:11 what to keep is INT, not a condition; compare it with something, as in likes > 0 or text IS NOT NULL");
        }

        @Test
        void isToldForAFunctionsArgument() {
            assertThat(ofKeep("array_contains(id, 'x')"))
                    .singleElement()
                    .asString()
                    .startsWith("6:11 Cannot resolve \"array_contains(id, x)\" due to data type mismatch");
        }

        @Test
        void isToldForKeysAndMeasures() {
            assertThat(told(definition("keep: flag", "{ by: { all: tags }, measures: { n: sum(id), m: max(tags) } }")))
                    .containsExactly(
                            "11:18 the key 'all' of view 'totals' is ARRAY<STRING>, which no result can hold; use a number, text, time or boolean",
                            "11:41 the measure 'n' of view 'totals' is the sum of STRING; give a number; count(…) counts what is there",
                            "11:53 the measure 'm' of view 'totals' is ARRAY<STRING>, which no result can hold; use a number, text, time or boolean");
        }

        @Test
        void isToldForAnExplodedScalar() {
            assertThat(told(definition(
                            "keep: flag",
                            "{ explode: { each: likes, as: one }, by: [one], measures: { n: count(*) } }")))
                    .containsExactly(
                            "11:24 only a list can be exploded, this is INT; give a list, as in array_distinct(hashtags) or split(text, ' ')");
        }

        @Test
        void isToldForTheEventTime() {
            assertThat(told(definition("set: { at: id }", ANY_VIEW)))
                    .containsExactly(
                            "1:1 the event time 'at' is set to STRING; set another column, or set it to a TIMESTAMP");
        }

        @Test
        void isToldOnceHoweverOftenTheColumnIsUsed() {
            assertThat(told(definition("set: { x: lowr(id), y: x > 1, z: upper(x) }", ANY_VIEW)))
                    .hasSize(1);
        }
    }

    @Nested
    class AnOutputOfRecords {
        private static final String EVENTS = "  - { rows: events, lake: \"l/${mode}\", partition: [%s] }\n";

        private static List<String> ofSet(String expression, String partition) {
            return told(definition("set: { x: \"%s\" }".formatted(expression), ANY_VIEW) + EVENTS.formatted(partition));
        }

        @Test
        void isRefusedAColumnThatItCannotHold() {
            assertThat(ofSet("at - at", "id"))
                    .singleElement()
                    .asString()
                    .contains("the column 'x' is INTERVAL", "an output of records cannot hold that");
            assertThat(ofSet("at - at", "id").get(0)).doesNotStartWith("1:1 ");
        }

        @Test
        void isRefusedAFolderForEachList() {
            assertThat(ofSet("tags", "x"))
                    .singleElement()
                    .asString()
                    .contains("has a folder for each 'x', which is a list");
        }
    }

    @Test
    void aKeyThatIsAlwaysNullHasNoType() {
        assertThat(told(definition("keep: likes > 0", "{ by: { k: \"NULL\" }, measures: { n: count(*) } }")))
                .singleElement()
                .asString()
                .contains("is always null, and has no type; give it one, as in CAST(NULL AS STRING)");
    }

    @Test
    void allProblemsAreToldAtOnce() {
        var definition = definition("require: { a: likez > 1, b: rand() > 0.5 }", "{ measures: { n: sum(pric) } }");
        var problems = Expressions.check(DefinitionReader.parse(definition, "notes.yaml"));
        assertThat(new DefinitionException("notes.yaml", definition, problems).told())
                .contains(
                        "there is no column 'likez'", "the function rand may not be used", "there is no column 'pric'");
    }
}
