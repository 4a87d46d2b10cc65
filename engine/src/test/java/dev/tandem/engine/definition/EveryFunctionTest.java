package dev.tandem.engine.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.engine.expression.AllowedFunctions;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.model.Pipeline;
import dev.tandem.model.reading.DefinitionReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each function that a definition may call gives the same in the generated class as in Spark's projections. */
class EveryFunctionTest {
    private static final int RECORDS = 400;
    private static final int IN_A_DEFINITION = 16;

    private static final String TEXT = """
            ascii(word)
            base64(try_cast(word as binary))
            bit_length(word)
            btrim(word)
            char_length(word)
            character_length(word)
            concat(word, '-', other)
            concat_ws(',', word, other)
            contains(word, other)
            crc32(try_cast(word as binary))
            endswith(word, other)
            find_in_set(word, 'a,b,0')
            hash(word, number, at)
            hex(number)
            ilike(word, 'A%')
            initcap(word)
            instr(word, 'a')
            lcase(word)
            left(word, 2)
            length(word)
            len(word)
            levenshtein(word, other)
            word like '%a%'
            locate('a', word)
            lower(word)
            lpad(word, 5, '*')
            ltrim(word)
            md5(try_cast(word as binary))
            octet_length(word)
            overlay(word PLACING '_' FROM 2)
            position('a' IN word)
            regexp(word, 'a+')
            regexp_count(word, '[a-z]')
            regexp_extract(word, '(a)', 1)
            regexp_extract_all(word, '([a-z])', 1)
            regexp_instr(word, 'a')
            regexp_like(word, '^a')
            regexp_replace(word, '[aeiou]', '_')
            regexp_substr(word, '[0-9]+')
            replace(word, 'a', 'bb')
            reverse(word)
            right(word, 2)
            word rlike '^[0-9]+$'
            rpad(word, 5, '*')
            rtrim(word)
            sha(try_cast(word as binary))
            sha1(try_cast(word as binary))
            sha2(try_cast(word as binary), 256)
            soundex(word)
            split(word, ',')
            startswith(word, other)
            substr(word, 2, 3)
            substring(word, 2)
            substring_index(word, ',', 1)
            translate(word, 'ab', 'xy')
            trim(word)
            ucase(word)
            upper(word)
            xxhash64(word, price)
            get_json_object(concat('{"a":', number, '}'), '$.a')
            json_array_length('[1,2]')
            try_parse_url(concat('http://h/', word), 'HOST')
            url_encode(word)
            try_url_decode(word)
            """;
    private static final String NUMBERS = """
            abs(small)
            bround(price, 1)
            cbrt(ratio)
            ceil(price)
            ceiling(ratio)
            exp(small)
            floor(price)
            greatest(number, small, 3)
            least(price, 1.5)
            ln(ratio)
            log(10, ratio)
            log10(ratio)
            log1p(ratio)
            log2(ratio)
            negative(small)
            positive(number)
            pow(small, 2)
            power(ratio, 2)
            rint(ratio)
            round(price, 1)
            sign(price)
            signum(ratio)
            sqrt(ratio)
            try_add(number, number)
            try_divide(price, number)
            try_mod(number, small)
            try_multiply(number, number)
            try_subtract(number, 1)
            try_to_number(word, '99.9')
            width_bucket(ratio, 0, 10, 5)
            isnan(ratio)
            nanvl(ratio, 1.0)
            """;
    private static final String CONDITIONS = """
            number between 1 and 5
            coalesce(number, small, 0)
            equal_null(number, small)
            if(flag, word, other)
            ifnull(number, 0)
            isnotnull(number)
            isnull(number)
            nullif(number, 0)
            nullifzero(number)
            nvl(number, small)
            nvl2(number, 'yes', 'no')
            case when flag then 1 when small > 0 then 2 end
            zeroifnull(small)
            flag and number > 0 or not flag
            number in (0, 1, 7)
            """;
    private static final String TIMES = """
            add_months(day, 1)
            try_cast(convert_timezone('UTC', 'Asia/Kolkata', at) as string)
            date_add(day, 1)
            date_diff(day, to_date(at))
            date_format(at, 'yyyy-MM-dd HH:mm')
            date_from_unix_date(small % 10000)
            date_part('hour', at)
            date_sub(day, 1)
            date_trunc('hour', at)
            dateadd(day, 1)
            datediff(to_date(at), day)
            datepart('minute', at)
            day(at)
            dayname(day)
            dayofmonth(day)
            dayofweek(day)
            dayofyear(at)
            extract(year from at)
            from_utc_timestamp(at, 'Europe/Berlin')
            hour(at)
            last_day(day)
            minute(at)
            month(day)
            monthname(day)
            months_between(at, day)
            quarter(day)
            second(at)
            to_date(at)
            to_timestamp(day)
            to_utc_timestamp(at, 'Europe/Berlin')
            trunc(day, 'month')
            try_make_timestamp(2026, 2, small, 1, 2, 3)
            try_to_date(word)
            try_to_timestamp(word)
            unix_date(day)
            unix_micros(at)
            unix_millis(at)
            unix_seconds(at)
            weekday(day)
            weekofyear(day)
            year(day)
            timestampdiff(SECOND, at, arrived_at)
            at + INTERVAL '2' HOURS
            """;
    private static final String LISTS = """
            aggregate(numbers, 0L, (total, it) -> total + coalesce(it % 1000, 0))
            array(number, 2)
            array_append(words, word)
            array_compact(words)
            array_contains(words, 'a')
            array_distinct(words)
            array_except(words, array(word))
            array_intersect(words, array('a', 'b'))
            array_join(words, ',', '-')
            array_max(numbers)
            array_min(words)
            array_position(words, 'a')
            array_prepend(words, word)
            array_remove(words, 'a')
            array_size(words)
            array_sort(words)
            array_union(words, array(word))
            arrays_overlap(words, array('a', other))
            cardinality(words)
            exists(words, it -> it = word)
            filter(words, (it, index) -> it <> '' and index > 0)
            flatten(array(words, array(word)))
            forall(numbers, it -> it >= 0)
            get(words, 1)
            reduce(words, '', (all, it) -> concat(all, coalesce(it, '')), all -> upper(all))
            size(words)
            sort_array(numbers, false)
            transform(words, (it, index) -> concat(it, index))
            try_element_at(words, 2)
            zip_with(words, numbers, (left, right) -> concat(left, right))
            size(filter(numbers, it -> it > small))
            transform(words, it -> size(filter(words, other -> other = it)))
            transform(words, it -> aggregate(numbers, try_cast(length(it) as bigint), (sum, n) -> sum + coalesce(n % 7, 0)))
            filter(transform(words, it -> upper(it)), it -> exists(numbers, n -> n > 0) or it = 'A')
            exists(transform(numbers, n -> n % 3), n -> n = 0)
            array_sort(words, (a, b) -> case when a < b then 1 when a > b then -1 else 0 end)
            """;

    private static final String DEFINITION = """
            pipeline: functions
            time: { event: at }
            source: { kafka: functions, land: { table: functions_raw, in: sqlite } }
            schema: >
              word STRING, other STRING, small INT, number BIGINT, price DECIMAL(12,3), ratio DOUBLE, flag BOOLEAN,
              at TIMESTAMP, day DATE, words ARRAY<STRING>, numbers ARRAY<BIGINT>
            steps:
              - set:
            %s
              - watermark: { delay: 1 minute }
            views:
              counts: { measures: { n: count(*) } }
            outputs:
              - { view: counts, table: "${mode}_counts", in: sqlite }
              - { rows: events, lake: "data/events/${mode}" }
            """;

    @TempDir
    static Path scratch;

    private static SparkRuntime spark;

    @BeforeAll
    static void start() {
        spark = SparkRuntime.open("local[1]", scratch);
    }

    @AfterAll
    static void stop() {
        spark.close();
    }

    private static Stream<String> calls() {
        return Stream.of(TEXT, NUMBERS, CONDITIONS, TIMES, LISTS).flatMap(String::lines);
    }

    /** Some functions together: a definition takes half a second to compile. */
    static List<List<String>> together() {
        var all = calls().toList();
        var some = new ArrayList<List<String>>();
        for (int from = 0; from < all.size(); from += IN_A_DEFINITION) {
            some.add(all.subList(from, Math.min(from + IN_A_DEFINITION, all.size())));
        }
        return some;
    }

    private static Pipeline setting(List<String> calls) {
        var lines = new StringBuilder();
        for (int index = 0; index < calls.size(); index++) {
            lines.append("      result%d: >-\n        %s\n".formatted(index, calls.get(index)));
        }
        return DefinitionReader.parse(DEFINITION.formatted(lines), "functions");
    }

    @ParameterizedTest
    @MethodSource("together")
    void givesTheSame(List<String> calls) {
        var pipeline = setting(calls);
        assertThat(Expressions.check(pipeline)).isEmpty();
        var usual = Map.of(
                "small", List.of("1", "-2", "30"),
                "number", List.of("0", "1", "-12"),
                "ratio", List.of("0.5", "3.25"),
                "price", List.of("1", "-2.125", "99.5"),
                "day", List.of("2026-01-31", "1969-12-31"),
                "at", List.of("2026-01-01T00:05:00.25Z", "1969-12-31T23:59:59Z"));
        var fates = new BothPaths(Compiled.of(pipeline, spark))
                .requireEqual(new AnyRecords(pipeline, usual, 3).records(RECORDS));
        assertThat(fates.accepted()).isGreaterThan(RECORDS / 4);
    }

    @Test
    void isAmongThoseTested() {
        var all = String.join("\n", calls().toList()).toLowerCase(java.util.Locale.ROOT);
        var missing = new TreeSet<>(AllowedFunctions.names());
        missing.removeIf(
                name -> Pattern.compile("\\b" + name + "\\b").matcher(all).find());
        assertThat(missing).isEmpty();
    }
}
