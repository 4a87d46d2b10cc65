package dev.tandem.diff.attach;

import dev.tandem.diff.attach.Search.Manner;
import dev.tandem.diff.attach.Search.Pair;
import java.util.ArrayList;
import java.util.List;

/** Which behaviours are tried, and in how many readings of the parsed records. */
record Manners(ViewPlan plan, List<Clock> clocks, boolean repeatedKeys, boolean arrivals) {
    /** With more clocks than that, horizons of a dedup are tried with the clocks that fitted best. */
    private static final int MOST_CLOCKS_AT_ONCE = 4;

    /** How many pairs of a clock and a rule are tried again with horizons. */
    static final int PAIRS = 8;

    /** Those of the first reading. */
    List<Manner> first() {
        var all = new ArrayList<Manner>();
        pairs().forEach(pair -> duplicates().stream()
                .filter(it -> atOnce() || it.horizonMicros() == 0)
                .filter(it -> goesWith(pair, it))
                .forEach(it -> all.add(new Manner(pair, it))));
        return all;
    }

    /** Those of a second reading; none where the first has tried everything. */
    List<Manner> second(List<Pair> best) {
        var all = new ArrayList<Manner>();
        if (!atOnce()) {
            best.forEach(pair -> duplicates().stream()
                    .filter(it -> it.horizonMicros() > 0)
                    .filter(it -> goesWith(pair, it))
                    .forEach(it -> all.add(new Manner(pair, it))));
        }
        return all;
    }

    /** A batch has no watermark: it counts all records, or those of the windows that were over. */
    List<Manner> ofBatch() {
        var pair = new Pair(0, Lateness.KEPT);
        return duplicates().stream()
                .filter(it -> goesWith(pair, it))
                .map(it -> new Manner(pair, it))
                .toList();
    }

    private boolean atOnce() {
        return clocks.size() <= MOST_CLOCKS_AT_ONCE || !repeatedKeys;
    }

    private List<Pair> pairs() {
        var pairs = new ArrayList<Pair>();
        pairs.add(new Pair(0, Lateness.KEPT));
        for (var lateness : Lateness.values()) {
            boolean asked = lateness != Lateness.KEPT && (lateness != Lateness.CLOSED || plan.windowed());
            for (int clock = 0; clock < clocks.size() && asked; clock++) {
                pairs.add(new Pair(clock, lateness));
            }
        }
        return pairs;
    }

    private List<Duplicates> duplicates() {
        return repeatedKeys
                ? Duplicates.candidates(
                        plan.dedup().map(it -> it.within()),
                        arrivals
                                ? List.of(Duplicates.Kind.WITHIN_EVENT_TIME, Duplicates.Kind.WITHIN_ARRIVAL)
                                : List.of(Duplicates.Kind.WITHIN_EVENT_TIME))
                : List.of(Duplicates.COUNTED);
    }

    private static boolean goesWith(Pair pair, Duplicates duplicates) {
        return pair.lateness() != Lateness.KEPT || !duplicates.needsWatermark();
    }
}
