package dev.tandem.diff;

import static dev.tandem.diff.why.Pattern.COUNTED_TWICE;
import static dev.tandem.diff.why.Pattern.MISSING_SLICE;
import static dev.tandem.diff.why.Pattern.NULL_OR_EMPTY;
import static dev.tandem.diff.why.Pattern.READ_LATER;
import static dev.tandem.diff.why.Pattern.ROUNDING;
import static dev.tandem.diff.why.Pattern.SIGN;
import static dev.tandem.diff.why.Pattern.SPELLING;
import static dev.tandem.diff.why.Pattern.STALE_VALUE;
import static dev.tandem.diff.why.Pattern.TIME_SHIFT;
import static dev.tandem.diff.why.Pattern.UNIT_FACTOR;
import static dev.tandem.diff.why.Pattern.WINDOW_BOUNDS;
import static dev.tandem.diff.why.Pattern.ZERO_OR_ABSENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.diff.why.Explanation;
import dev.tandem.diff.why.Pattern;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pairs of tables that somebody else's programs could have made, each with what was done to it. The tables are made by SQL in another DuckDB
 * that shares no code with the product.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PatternsTest {
    /** Hourly windows of twelve tags over twenty days in which Berlin changes to summer time: 5,760 rows. */
    private static final String BASE = """
            CREATE TABLE base AS SELECT TIMESTAMP '2026-03-20' + to_hours(h::BIGINT) AS window_start,
              TIMESTAMP '2026-03-20' + to_hours(h::BIGINT + 1) AS window_end,
              ['eu-', 'us-', 'ap-'][t % 3 + 1] || chr((97 + t)::INTEGER) || 'é' || t AS tag,
              (hash(h * 31 + t) % 900 + 100)::BIGINT AS n, ((hash(h * 17 + t * 7) % 10000000) / 10000.0)::DECIMAL(12, 4) AS amount,
              'group ' || t % 4 AS category, CASE WHEN hash(h + t * 5) % 3 = 0 THEN NULL ELSE 'note ' || h END AS remark,
              TIMESTAMP '2026-03-20' + to_hours(h::BIGINT) + to_microseconds((hash(h * 3 + t) % 3000000000)::BIGINT) AS seen
            FROM range(480) hours(h), range(12) tags(t)""";

    private static final String EVENTS = """
            CREATE TABLE events AS SELECT TIMESTAMP '2026-03-20' + to_seconds((hash(i) % 1728000)::BIGINT) AS moment,
              'tag' || hash(i * 7) % 5 AS tag, (hash(i * 3) % 50)::BIGINT AS size FROM range(20000) t(i)""";

    /** What was done, how both tables are selected, and the patterns that must be named, in any order. */
    private record Pair(String name, String left, String right, List<Pattern> patterns) {
        static Pair of(String name, String left, String right, Pattern... patterns) {
            return new Pair(name, left, right, List.of(patterns));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final String ALL = "SELECT * FROM base";

    private static String with(String replace) {
        return "SELECT * REPLACE (%s) FROM base".formatted(replace);
    }

    private static String where(String condition) {
        return "SELECT * FROM base WHERE " + condition;
    }

    /** Windows of an hour that begin {@code offset} after the hour, or days of a zone. */
    private static String windows(String start) {
        return "SELECT %s AS window_start, tag, count(*) AS n, sum(size)::BIGINT AS size FROM events GROUP BY ALL"
                .formatted(start);
    }

    static Stream<Pair> times() {
        return Stream.of(
                Pair.of("half-hour zone", ALL, with("window_start - to_minutes(330) AS window_start"), TIME_SHIFT),
                Pair.of(
                        "one hour on an hourly grid",
                        ALL,
                        with("window_start + to_hours(1) AS window_start"),
                        TIME_SHIFT),
                Pair.of("nine hours", ALL, with("window_start - to_hours(9) AS window_start"), TIME_SHIFT),
                Pair.of("seventeen seconds", ALL, with("window_start + to_seconds(17) AS window_start"), TIME_SHIFT),
                Pair.of(
                        "local time with summer time",
                        ALL,
                        with("timezone('Europe/Berlin', window_start::TIMESTAMPTZ) AS window_start"),
                        TIME_SHIFT),
                Pair.of("a time beside the key", ALL, with("seen + to_hours(2) AS seen"), TIME_SHIFT),
                Pair.of(
                        "inclusive end, a second",
                        ALL,
                        with("window_end - to_seconds(1) AS window_end"),
                        WINDOW_BOUNDS),
                Pair.of(
                        "inclusive end, a millisecond",
                        ALL,
                        with("window_end - to_milliseconds(1) AS window_end"),
                        WINDOW_BOUNDS),
                Pair.of(
                        "another origin",
                        windows("date_trunc('hour', moment)"),
                        windows("date_trunc('hour', moment - to_minutes(20)) + to_minutes(20)"),
                        WINDOW_BOUNDS),
                Pair.of(
                        "days of another zone",
                        windows("date_trunc('day', moment)"),
                        windows("date_trunc('day', moment + to_minutes(330))"),
                        WINDOW_BOUNDS),
                Pair.of(
                        "end in the earlier window",
                        windows("date_trunc('hour', moment)"),
                        windows("date_trunc('hour', moment - to_seconds(60))"),
                        WINDOW_BOUNDS));
    }

    static Stream<Pair> rows() {
        return Stream.of(
                Pair.of("rows twice on the right", ALL, ALL + " UNION ALL " + where("n % 7 = 0"), COUNTED_TWICE),
                Pair.of("rows twice on the left", ALL + " UNION ALL " + where("n % 5 = 0"), ALL, COUNTED_TWICE),
                Pair.of("rows three times", ALL, ALL + " UNION ALL " + ALL + " UNION ALL " + ALL, COUNTED_TWICE),
                Pair.of(
                        "sums doubled in some rows",
                        ALL,
                        "SELECT * REPLACE (CASE WHEN n % 3 = 0 THEN n * 2 ELSE n END AS n, CASE WHEN n % 3 = 0 THEN amount * 2 ELSE amount END AS amount) FROM base",
                        COUNTED_TWICE),
                Pair.of("everything doubled", ALL, with("n * 2 AS n, amount * 2 AS amount"), COUNTED_TWICE),
                Pair.of("everything doubled on the left", with("n * 2 AS n, amount * 2 AS amount"), ALL, COUNTED_TWICE),
                Pair.of("a missing day", ALL, where("window_start::DATE <> '2026-03-24'"), MISSING_SLICE),
                Pair.of("an extra day", where("window_start::DATE <> '2026-03-24'"), ALL, MISSING_SLICE),
                Pair.of(
                        "missing hours of one day",
                        ALL,
                        where("window_start NOT BETWEEN '2026-03-24 05:00' AND '2026-03-24 09:00'"),
                        MISSING_SLICE),
                Pair.of("a missing tag", ALL, where("tag NOT LIKE 'eu-d%'"), MISSING_SLICE),
                Pair.of("a missing prefix", ALL, where("tag NOT LIKE 'us-%'"), MISSING_SLICE),
                Pair.of("a missing category", ALL, where("category <> 'group 2'"), MISSING_SLICE),
                Pair.of(
                        "zeros for nothing",
                        ALL
                                + " UNION ALL SELECT * REPLACE (tag || '0' AS tag, 0 AS n, 0 AS amount) FROM base WHERE n % 6 = 0",
                        ALL,
                        ZERO_OR_ABSENT),
                Pair.of(
                        "zero against null",
                        with("CASE WHEN n % 4 = 0 THEN 0 ELSE amount END AS amount"),
                        with("CASE WHEN n % 4 = 0 THEN NULL ELSE amount END AS amount"),
                        ZERO_OR_ABSENT),
                Pair.of("the last hours are missing", ALL, where("window_start < '2026-04-08 15:00'"), READ_LATER),
                Pair.of(
                        "the last hours are not full yet",
                        ALL,
                        with("CASE WHEN window_start >= '2026-04-08 15:00' THEN n - hash(n) % 50 - 1 ELSE n END AS n"),
                        READ_LATER));
    }

    static Stream<Pair> numbers() {
        return Stream.of(
                Pair.of("cents", ALL, with("amount * 100 AS amount"), UNIT_FACTOR),
                Pair.of("thousands", ALL, with("(amount / 1000)::DOUBLE AS amount"), UNIT_FACTOR),
                Pair.of("kibibytes", with("n * 1024 AS n"), ALL, UNIT_FACTOR),
                Pair.of("a tax of 19 percent", ALL, with("amount * 1.19 AS amount"), UNIT_FACTOR),
                Pair.of(
                        "doubles in percent",
                        with("amount::DOUBLE AS amount"),
                        with("amount::DOUBLE * 100 AS amount"),
                        UNIT_FACTOR),
                Pair.of("half up", ALL, with("round(amount, 2) AS amount"), ROUNDING),
                Pair.of("half to even", ALL, with("round_even(amount * 10, 0) / 10 AS amount"), ROUNDING),
                Pair.of("cut off", ALL, with("trunc(amount) AS amount"), ROUNDING),
                Pair.of("hundreds", ALL, with("round(n, -2)::BIGINT AS n"), ROUNDING),
                Pair.of(
                        "a narrow float",
                        with("amount::DOUBLE / 7 AS amount"),
                        with("(amount::DOUBLE / 7)::FLOAT AS amount"),
                        ROUNDING),
                Pair.of(
                        "last bits",
                        with("amount::DOUBLE / 7 AS amount"),
                        with("amount::DOUBLE / 7 * (1 + 3e-16) AS amount"),
                        ROUNDING),
                Pair.of("times to the second", ALL, with("date_trunc('second', seen) AS seen"), ROUNDING),
                Pair.of("sign", ALL, with("-amount AS amount"), SIGN),
                Pair.of("sign of two", ALL, with("-amount AS amount, -n AS n"), SIGN));
    }

    static Stream<Pair> texts() {
        return Stream.of(
                Pair.of("null against empty", ALL, with("coalesce(remark, '') AS remark"), NULL_OR_EMPTY),
                Pair.of("null against N/A", ALL, with("coalesce(remark, 'N/A') AS remark"), NULL_OR_EMPTY),
                Pair.of("case of keys", ALL, with("upper(tag) AS tag"), SPELLING),
                Pair.of("blanks in keys", ALL, with("tag || '  ' AS tag"), SPELLING),
                Pair.of("Unicode form of keys", ALL, with("replace(tag, 'é', 'e' || chr(769)) AS tag"), SPELLING),
                Pair.of(
                        "padding of keys",
                        with("'000' || substr(tag, 4) AS tag"),
                        with("substr(tag, 4) AS tag"),
                        SPELLING),
                Pair.of("separators of keys", ALL, with("replace(tag, '-', '_') AS tag"), SPELLING),
                Pair.of("case of a value", ALL, with("upper(category) AS category"), SPELLING),
                Pair.of(
                        "an older category",
                        ALL,
                        with("CASE WHEN tag LIKE '%a%' THEN 'group 9' ELSE category END AS category"),
                        STALE_VALUE),
                Pair.of(
                        "older categories of some days",
                        ALL,
                        with(
                                "CASE WHEN tag LIKE 'us-%' AND window_start < '2026-03-27' THEN 'old ' || category ELSE category END AS category"),
                        STALE_VALUE));
    }

    static Stream<Pair> two() {
        return Stream.of(
                Pair.of(
                        "zone and cents",
                        ALL,
                        with("window_start - to_minutes(330) AS window_start, amount * 100 AS amount"),
                        TIME_SHIFT,
                        UNIT_FACTOR),
                Pair.of(
                        "case and twice",
                        ALL,
                        "SELECT * REPLACE (upper(tag) AS tag) FROM (%s UNION ALL %s)"
                                .formatted(ALL, where("n % 3 = 0")),
                        SPELLING,
                        COUNTED_TWICE),
                Pair.of(
                        "day and rounding",
                        ALL,
                        "SELECT * REPLACE (round(amount, 1) AS amount) FROM base WHERE window_start::DATE NOT BETWEEN '2026-03-22' AND '2026-03-28'",
                        MISSING_SLICE,
                        ROUNDING),
                Pair.of("sign and case", ALL, with("-amount AS amount, upper(tag) AS tag"), SIGN, SPELLING),
                Pair.of(
                        "null and thousands",
                        ALL,
                        with("coalesce(remark, '') AS remark, n * 1000 AS n"),
                        NULL_OR_EMPTY,
                        UNIT_FACTOR),
                Pair.of(
                        "zone and prefix",
                        ALL,
                        "SELECT * REPLACE (window_start + to_hours(8) AS window_start) FROM base WHERE tag NOT LIKE 'us-%'",
                        TIME_SHIFT,
                        MISSING_SLICE),
                Pair.of(
                        "zone and case of keys",
                        ALL,
                        with("window_start + to_minutes(330) AS window_start, upper(tag) AS tag"),
                        TIME_SHIFT,
                        SPELLING),
                Pair.of(
                        "case and null",
                        ALL,
                        with("upper(tag) AS tag, coalesce(remark, '') AS remark"),
                        SPELLING,
                        NULL_OR_EMPTY));
    }

    static Stream<Pair> none() {
        return Stream.of(
                Pair.of(
                        "noise in some rows",
                        ALL,
                        with("CASE WHEN hash(n) % 5 = 0 THEN n + hash(n * 3) % 40 + 1 ELSE n END AS n")),
                Pair.of(
                        "late records",
                        ALL,
                        with("CASE WHEN hash(amount) % 6 = 0 THEN n - 1 - hash(n) % 3 ELSE n END AS n")),
                Pair.of("rows lost here and there", ALL, where("hash(n * 7 + amount::BIGINT) % 9 <> 0")),
                Pair.of(
                        "other numbers altogether",
                        ALL,
                        with("(hash(n * 11) % 900 + 100)::BIGINT AS n, (hash(amount) % 1000000 / 1000.0) AS amount")),
                Pair.of("other texts", ALL, with("md5(tag || n) AS category")),
                Pair.of(
                        "records moved to random windows",
                        ALL,
                        with(
                                "CASE WHEN hash(n) % 4 = 0 THEN amount + ((hash(n * 5) % 1000)::BIGINT - 500) / 100.0 ELSE amount END AS amount")));
    }

    private TwoTables tables;

    @BeforeAll
    void makeTables(@TempDir Path folder) throws Exception {
        tables = new TwoTables(folder);
        tables.run(BASE);
        tables.run(EVENTS);
    }

    @AfterAll
    void close() throws Exception {
        tables.close();
    }

    private Explanation explained(Pair pair) throws Exception {
        tables.write("left.parquet", pair.left());
        tables.write("right.parquet", pair.right());
        return tables.ask(tables.question("left.parquet", "right.parquet", "window_start", "tag"))
                .explanation();
    }

    /** One pair for each pattern. */
    static Stream<Pair> oneForEach() {
        var first = new EnumMap<Pattern, Pair>(Pattern.class);
        single().forEach(pair -> first.putIfAbsent(pair.patterns().get(0), pair));
        return first.values().stream();
    }

    /** The others. */
    static Stream<Pair> more() {
        var first = oneForEach().map(Pair::name).toList();
        return single().filter(pair -> !first.contains(pair.name()));
    }

    private static Stream<Pair> single() {
        return Stream.of(times(), rows(), numbers(), texts()).flatMap(pairs -> pairs);
    }

    @ParameterizedTest
    @MethodSource("oneForEach")
    void namesTheOnePattern(Pair pair) throws Exception {
        requireNamed(pair);
    }

    @Tag("deep")
    @ParameterizedTest
    @MethodSource("more")
    void namesItWhateverElseIsInTheTables(Pair pair) throws Exception {
        requireNamed(pair);
    }

    private void requireNamed(Pair pair) throws Exception {
        var explanation = explained(pair);

        assertThat(explanation.steps())
                .as(explanation.sentence())
                .extracting(Explanation.Step::pattern)
                .containsExactlyElementsOf(pair.patterns());
        assertThat(explanation.remaining()).as(explanation.sentence()).isLessThanOrEqualTo(explanation.differing() / 5);
    }

    @Tag("deep")
    @ParameterizedTest
    @MethodSource("two")
    void namesBothPatterns(Pair pair) throws Exception {
        var explanation = explained(pair);

        assertThat(explanation.steps())
                .as(explanation.sentence())
                .extracting(Explanation.Step::pattern)
                .containsExactlyInAnyOrderElementsOf(pair.patterns());
        assertThat(explanation.remaining())
                .as(explanation.sentence())
                .isLessThanOrEqualTo(explanation.differing() / 20);
    }

    @ParameterizedTest
    @MethodSource("none")
    void namesNoneWhereThereIsNone(Pair pair) throws Exception {
        var explanation = explained(pair);

        assertThat(explanation.steps()).as(explanation.sentence()).isEmpty();
        assertThat(explanation.sentence()).startsWith("No known pattern explains");
    }

    /** More rows than are searched one by one: the pattern comes from a sample of keys, the counts from all rows. */
    @Test
    void countsAllRowsOfALargeTable() throws Exception {
        var large =
                "SELECT TIMESTAMP '2026-01-01' + to_hours(h::BIGINT) AS window_start, 'tag-' || t AS tag, (hash(h * 31 + t) % 900 + 100)::BIGINT AS n FROM range(1500) hours(h), range(100) tags(t)";
        var explanation = explained(Pair.of(
                "a large table",
                large,
                "SELECT * REPLACE (upper(tag) AS tag, n * 100 AS n) FROM (%s) WHERE tag NOT LIKE '%%-7'"
                        .formatted(large)));

        assertThat(explanation.differing()).isEqualTo(1_500 * (100 + 99));
        assertThat(explanation.steps())
                .as(explanation.sentence())
                .extracting(Explanation.Step::pattern)
                .contains(SPELLING, UNIT_FACTOR);
        assertThat(explanation.remaining()).isLessThanOrEqualTo(1_500);
    }
}
