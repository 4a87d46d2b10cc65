package dev.tandem.parity.traits;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.parity.traits.CommonTraits.Common;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Tells what records have in common, in sentences and as JSON. */
public final class CommonText {
    private CommonText() {}

    /** A line for each trait; {@code word} says what the records are, as in "late". */
    public static List<String> lines(CommonTraits common, String word) {
        if (common.refused() == 0) {
            return List.of("  in common: there are no %s records".formatted(word));
        }
        if (common.traits().isEmpty()) {
            return List.of("  in common: nothing; no value is more frequent among the %s records than chance explains"
                    .formatted(word));
        }
        var lines = new ArrayList<String>();
        lines.add("  in common, against all %,d records".formatted(common.all()));
        common.traits().forEach(it -> lines.add("    " + sentence(it, common)));
        return lines;
    }

    /** As in "4 of 5 (80 %) have partition = 3, as 26 % of all records have: 3.1 times as frequent (p = 4e-04)". */
    public static String sentence(Common trait, CommonTraits common) {
        var counted = trait.counted();
        return "%,d of %,d (%s) have %s = %s, as %s of all records have: %.1f times as frequent (%s)"
                .formatted(
                        counted.refused(),
                        common.refused(),
                        percent(counted.refused(), common.refused()),
                        counted.name(),
                        counted.value(),
                        percent(counted.all(), common.all()),
                        trait.lift(),
                        probability(trait.probability()));
    }

    private static String percent(long part, long whole) {
        double percent = 100.0 * part / whole;
        return percent >= 1 || percent == 0 ? "%.0f %%".formatted(percent) : "%.2g %%".formatted(percent);
    }

    private static String probability(double probability) {
        return probability < 1e-12 ? "p < 1e-12" : String.format(Locale.ROOT, "p = %.0e", probability);
    }

    /** Adds {@code common} to a document: an object for each trait. */
    public static void write(CommonTraits common, ObjectNode document) {
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
                        .put("sentence", sentence(it, common)));
    }
}
