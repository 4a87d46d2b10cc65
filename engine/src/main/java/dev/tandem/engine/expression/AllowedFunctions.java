package dev.tandem.engine.expression;

import dev.tandem.model.reading.Problems;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;

/**
 * The functions that an expression may call. A definition is code: Spark has functions that call any Java method, that give
 * another value in every run, or that stop a run for one odd record. These do none of it: each is a function of its arguments
 * alone and answers null where it has no answer.
 */
public final class AllowedFunctions {
    private static final String TEXT =
            "ascii base64 bit_length btrim char_length character_length concat concat_ws contains crc32 endswith find_in_set hash hex "
                    + "ilike initcap instr lcase left length len levenshtein like locate lower lpad ltrim md5 octet_length overlay "
                    + "position regexp regexp_count regexp_extract regexp_extract_all regexp_instr regexp_like regexp_replace "
                    + "regexp_substr replace reverse right rlike rpad rtrim sha sha1 sha2 soundex split startswith substr substring "
                    + "substring_index translate trim ucase upper xxhash64 get_json_object json_array_length try_parse_url url_encode "
                    + "try_url_decode";
    private static final String NUMBERS =
            "abs bround cbrt ceil ceiling exp floor greatest least ln log log10 log1p log2 negative positive pow power rint round "
                    + "sign signum sqrt try_add try_divide try_mod try_multiply try_subtract try_to_number width_bucket isnan nanvl";
    private static final String CONDITIONS =
            "between coalesce equal_null if ifnull isnotnull isnull nullif nullifzero nvl nvl2 when zeroifnull and or not in";
    private static final String TIMES =
            "add_months convert_timezone date_add date_diff date_format date_from_unix_date date_part date_sub date_trunc dateadd "
                    + "datediff datepart day dayname dayofmonth dayofweek dayofyear extract from_utc_timestamp hour last_day minute "
                    + "month monthname months_between quarter second to_date to_timestamp to_utc_timestamp trunc try_make_timestamp "
                    + "try_to_date try_to_timestamp unix_date unix_micros unix_millis unix_seconds weekday weekofyear year";
    private static final String LISTS =
            "aggregate array array_append array_compact array_contains array_distinct array_except array_intersect array_join "
                    + "array_max array_min array_position array_prepend array_remove array_size array_sort array_union arrays_overlap "
                    + "cardinality exists filter flatten forall get reduce size sort_array transform try_element_at zip_with";
    private static final Set<String> ALL = all();
    private static final Map<String, String> INSTEAD = Map.ofEntries(
            Map.entry("element_at", "use try_element_at or get"),
            Map.entry("mod", "use try_mod"),
            Map.entry("pmod", "use try_mod"),
            Map.entry("div", "use try_divide"),
            Map.entry("parse_url", "use try_parse_url"),
            Map.entry("url_decode", "use try_url_decode"),
            Map.entry("to_number", "use try_to_number"),
            Map.entry("make_timestamp", "use try_make_timestamp"));

    private AllowedFunctions() {}

    private static Set<String> all() {
        var all = new TreeSet<String>();
        for (var group : new String[] {TEXT, NUMBERS, CONDITIONS, TIMES, LISTS}) {
            all.addAll(Set.of(group.split(" ")));
        }
        return Set.copyOf(all);
    }

    /** Spark's, and those that extensions bring. */
    public static Set<String> names() {
        var names = new TreeSet<>(ALL);
        names.addAll(ProvidedFunctions.names());
        return names;
    }

    /** Whether Spark has a function {@code name}, whether it may be called or not. */
    public static boolean isOfSpark(String name) {
        return ALL.contains(name.toLowerCase(Locale.ROOT)) || ProvidedFunctions.isOfSpark(name);
    }

    static boolean contains(String name) {
        return names().contains(name.toLowerCase(Locale.ROOT));
    }

    /** Why {@code name} is not among them. */
    static ExpressionFault refusal(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        var instead = INSTEAD.get(lower);
        if (instead != null) {
            return new ExpressionFault(
                    name, "%s stops the run where a record has no answer to it".formatted(lower), instead);
        }
        var known = FunctionRegistry.builtin().lookupFunction(new FunctionIdentifier(lower));
        if (known.isEmpty()) {
            return new ExpressionFault(name, "there is no function '%s'".formatted(name), nearest(lower));
        }
        return switch (known.get().getGroup()) {
            case "agg_funcs" ->
                new ExpressionFault(
                        name,
                        "%s needs other records, an expression sees only its own".formatted(lower),
                        "compute it as a measure of a view");
            case "window_funcs" ->
                new ExpressionFault(
                        name,
                        "%s needs other records, an expression sees only its own".formatted(lower),
                        "rank a view with 'top'");
            case "generator_funcs" ->
                new ExpressionFault(name, "%s makes several rows of one".formatted(lower), "use the view's 'explode'");
            case "conversion_funcs" ->
                new ExpressionFault(
                        name,
                        "%s stops the run where a record cannot be converted".formatted(lower),
                        "write try_cast(… AS %s)".formatted(lower.toUpperCase(Locale.ROOT)));
            default ->
                new ExpressionFault(
                        name,
                        "the function %s may not be used: not every record has one and the same answer in both modes"
                                .formatted(lower),
                        nearest(lower));
        };
    }

    private static String nearest(String name) {
        return Problems.nearest(name, names())
                .map("did you mean '%s'?"::formatted)
                .orElse("see the list of 'tandem check --functions'");
    }
}
