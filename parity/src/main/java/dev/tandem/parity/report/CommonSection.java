package dev.tandem.parity.report;

import dev.tandem.parity.traits.CommonText;
import dev.tandem.parity.traits.CommonTraits;
import dev.tandem.parity.traits.CommonTraits.Common;
import java.util.Map;

/** What late, duplicate and quarantined records have in common, in sentences. */
final class CommonSection {
    private CommonSection() {}

    /** Nothing where no record was refused. */
    static Html of(Map<String, CommonTraits> common) {
        if (common.isEmpty()) {
            return Html.EMPTY;
        }
        var items = common.entrySet().stream()
                .map(kind -> kind(kind.getKey(), kind.getValue()))
                .toList();
        return Blocks.panel(
                "What these records have in common",
                Html.of(
                        "<ul class=\"common\">{}</ul><p>Compared with all records of the log; named is only what is too frequent for chance (Fisher's exact test, p below 0.001 over all values looked at).</p>",
                        Html.joined(items)));
    }

    private static Html kind(String word, CommonTraits common) {
        if (common.traits().isEmpty()) {
            return Html.of("<li>{}: nothing beyond chance.</li>", Figures.count(common.refused(), word + " record"));
        }
        return Html.joined(common.traits().stream()
                .map(trait -> trait(trait, common, word))
                .toList());
    }

    private static Html trait(Common trait, CommonTraits common, String word) {
        return Html.of(
                "<li>{} <span class=\"statistics\">{}</span></li>",
                Blocks.foreign(Figures.shortened(CommonText.sentence(trait, common, word))),
                CommonText.statistics(trait));
    }
}
