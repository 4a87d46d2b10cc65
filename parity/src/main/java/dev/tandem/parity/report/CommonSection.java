package dev.tandem.parity.report;

import dev.tandem.parity.traits.CommonText;
import dev.tandem.parity.traits.CommonTraits;
import dev.tandem.parity.traits.CommonTraits.Common;
import java.util.ArrayList;
import java.util.Map;

/** What late, duplicate and quarantined records have in common, in sentences. */
final class CommonSection {
    private CommonSection() {}

    /** Nothing where no record was refused. */
    static Html of(Map<String, CommonTraits> common) {
        if (common.isEmpty()) {
            return Html.EMPTY;
        }
        var items = new ArrayList<Html>();
        common.forEach((kind, its) -> its.traits().forEach(trait -> items.add(trait(trait, its, kind))));
        var nothing = common.entrySet().stream()
                .filter(kind -> kind.getValue().traits().isEmpty())
                .map(kind -> Figures.count(kind.getValue().refused(), kind.getKey() + " record"))
                .toList();
        if (!nothing.isEmpty()) {
            items.add(Html.of("<li>{}: nothing beyond chance.</li>", String.join(", ", nothing)));
        }
        return Blocks.panel(
                "What these records have in common",
                Html.of(
                        "<ul class=\"common\">{}</ul><p>Compared with all records of the log; named is only what is too frequent for chance (Fisher's exact test, p below 0.001 over all values looked at).</p>",
                        Html.joined(items)));
    }

    private static Html trait(Common trait, CommonTraits common, String word) {
        return Html.of(
                "<li>{} <span class=\"statistics\">{}</span></li>",
                Blocks.foreign(Figures.shortened(CommonText.sentence(trait, common, word))),
                CommonText.statistics(trait));
    }
}
