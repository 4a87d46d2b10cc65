package dev.tandem.engine.trial;

import dev.tandem.engine.trial.DelayTrial.Later;
import dev.tandem.model.Window.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How much later windows close in one stream than in another, by the highest event time that had come when they did. */
final class TrialClock {
    /** Closing times of windows that only one of the streams has closed, microseconds since 1970. */
    private final Map<Span, Long> asItWas = new HashMap<>();

    private final Map<Span, Long> tried = new HashMap<>();
    private final List<Long> later = new ArrayList<>();
    private long withTheEnd;

    /** {@code micros} is the highest event time when {@code closed} were closed. */
    void take(TrialRows.Stream stream, Set<Span> closed, long micros) {
        boolean first = stream == TrialRows.Stream.AS_IT_WAS;
        var mine = first ? asItWas : tried;
        var others = first ? tried : asItWas;
        for (var window : closed) {
            var other = others.remove(window);
            if (other == null) {
                mine.put(window, micros);
            } else {
                later.add(first ? other - micros : micros - other);
            }
        }
    }

    /** The tried stream has closed windows though no record came: the passing of time has, or the end of the input. */
    void takeWithoutRecords(Set<Span> closed) {
        for (var window : closed) {
            withTheEnd += asItWas.remove(window) == null ? 0 : 1;
        }
    }

    Later later() {
        var sorted = new ArrayList<>(later);
        Collections.sort(sorted);
        return new Later(
                sorted.size(),
                sorted.isEmpty() ? Duration.ZERO : duration(sorted.get(sorted.size() / 2)),
                sorted.isEmpty() ? Duration.ZERO : duration(sorted.get(sorted.size() - 1)),
                withTheEnd + asItWas.size());
    }

    private static Duration duration(long micros) {
        return Duration.ofNanos(Math.multiplyExact(micros, 1_000L));
    }
}
