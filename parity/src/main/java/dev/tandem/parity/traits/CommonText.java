package dev.tandem.parity.traits;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.parity.traits.CommonTraits.Common;
import dev.tandem.parity.traits.CommonTraits.Counted;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tells what records have in common, in sentences and as JSON. */
public final class CommonText {
    /** Names of traits that are told in words of their own. */
    private static final String PARTITION = "partition";

    private static final String FILE = "file";
    private static final String HOUR = "hour of arrival";

    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private CommonText() {}

    /** A line for each trait; {@code word} says what the records are, as in "late". */
    public static List<String> lines(CommonTraits common, String word) {
        if (common.traits().isEmpty()) {
            return List.of("  in common: " + nothing(common, word));
        }
        var lines = new ArrayList<String>();
        lines.add("  in common, against all %,d records".formatted(common.all()));
        common.traits()
                .forEach(it ->
                        lines.add("    %s (%s)".formatted(withoutStop(sentence(it, common, word)), statistics(it))));
        return lines;
    }

    private static String withoutStop(String sentence) {
        return sentence.substring(0, sentence.length() - 1);
    }

    /** A sentence for each trait, or one that says that there is none. */
    public static List<String> sentences(CommonTraits common, String word) {
        return common.traits().isEmpty()
                ? List.of(capital(nothing(common, word)) + ".")
                : common.traits().stream().map(it -> sentence(it, common, word)).toList();
    }

    private static String nothing(CommonTraits common, String word) {
        return common.refused() == 0
                ? "there are no %s records".formatted(word)
                : "nothing; no value is more frequent among the %s than chance explains"
                        .formatted(count(common.refused(), word));
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private static String count(long records, String word) {
        return records == 1 ? "1 %s record".formatted(word) : "%,d %s records".formatted(records, word);
    }

    /** As in "4 of 5 late records come from partition 3, which holds 26 % of all records." */
    public static String sentence(Common trait, CommonTraits common, String word) {
        var counted = trait.counted();
        var which = counted.refused() == common.refused()
                ? "All " + count(common.refused(), word)
                : "%,d of %s".formatted(counted.refused(), count(common.refused(), word));
        return which + predicate(counted, percent(counted.all(), common.all())) + ".";
    }

    private static String predicate(Counted counted, String share) {
        return switch (counted.name()) {
            case PARTITION, FILE ->
                " come from %s %s, which holds %s of all records".formatted(counted.name(), counted.value(), share);
            case HOUR -> " arrived in the hour %s, as %s of all records did".formatted(hour(counted.value()), share);
            default -> " have %s = %s, as %s of all records do".formatted(counted.name(), counted.value(), share);
        };
    }

    private static String hour(String value) {
        var start = Instant.parse(value);
        return "%s to %s UTC".formatted(DAY_AND_TIME.format(start), TIME.format(start.plus(Duration.ofHours(1))));
    }

    /** As in "3.1 times as frequent as among all, p = 4e-04". */
    public static String statistics(Common trait) {
        return String.format(
                Locale.ROOT, "%.1f times as frequent as among all, %s", trait.lift(), probability(trait.probability()));
    }

    private static String percent(long part, long whole) {
        double percent = 100.0 * part / whole;
        return percent >= 1 || percent == 0
                ? String.format(Locale.ROOT, "%.0f %%", percent)
                : String.format(Locale.ROOT, "%.2g %%", percent);
    }

    private static String probability(double probability) {
        return probability < 1e-12 ? "p < 1e-12" : String.format(Locale.ROOT, "p = %.0e", probability);
    }

    /** Adds {@code common} to a document: an object for each trait. */
    public static void write(CommonTraits common, String word, ObjectNode document) {
        document.put("all_records", common.all());
        var traits = document.putArray("common");
        common.traits()
                .forEach(it -> traits.addObject()
                        .put("trait", it.counted().name())
                        .put("value", it.counted().value())
                        .put("refused_with_it", it.counted().refused())
                        .put("refused", common.refused())
                        .put("all_with_it", it.counted().all())
                        .put("lift", it.lift())
                        .put("probability", it.probability())
                        .put("sentence", sentence(it, common, word)));
    }
}
