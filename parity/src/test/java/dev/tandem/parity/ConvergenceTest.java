package dev.tandem.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.fold.Watermarks;
import dev.tandem.fold.recount.Arrivals;
import dev.tandem.model.Instants;
import dev.tandem.model.Window.Span;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Worked out by hand: a window of one minute, micro-batches two seconds apart that take half a second each. */
class ConvergenceTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Span MINUTE = new Span(NOON, NOON.plusSeconds(60));
    private static final Watermarks ALL_CLOSED = new Watermarks(Long.MAX_VALUE - 1, Long.MAX_VALUE - 1);

    /** Micro-batch n begins 2n seconds after noon plus a minute; the second is the first to see an event after the window. */
    private static final TreeMap<Long, Evidence.Moment> TIMELINE = new TreeMap<>(Map.of(
            1L, moment(0, 59),
            2L, moment(2, 61),
            3L, moment(4, 65),
            4L, moment(6, 70)));

    private static Evidence.Moment moment(long reads, long highestEvent) {
        var read = NOON.plusSeconds(60 + reads);
        return new Evidence.Moment(read, read.plusMillis(500), Instants.micros(NOON.plusSeconds(highestEvent)));
    }

    private static Arrivals.Coming coming(long batch, Map<Long, Long> stream) {
        return new Arrivals.Coming(batch, new TreeMap<>(stream));
    }

    private static List<Report.Convergence> told(Watermarks at, Map<Span, Arrivals.Coming> windows) {
        var all = new HashMap<Arrivals.Window, Arrivals.Coming>();
        windows.forEach((span, coming) -> all.put(new Arrivals.Window(0, span), coming));
        return new Convergence(TIMELINE, at).of(all, List.of("per_minute"));
    }

    @Test
    void theClockOfAWindowStartsWhenTheStreamSeesItsEnd() {
        var view = told(ALL_CLOSED, Map.of(MINUTE, coming(100, Map.of(1L, 60L, 2L, 30L, 3L, 10L))))
                .get(0);
        assertThat(view.view()).isEqualTo("per_minute");
        // 60 were there 1.5 s before, 90 after 0.5 s, all after 2.5 s.
        assertThat(error(view, 0)).isEqualTo(40);
        assertThat(error(view, 0.5)).isEqualTo(10);
        assertThat(error(view, 2)).isEqualTo(10);
        assertThat(error(view, 5)).isZero();
        assertThat(view.nearlyRight()).hasValueSatisfying(it -> assertThat(it).isEqualTo(2.5, within(1e-9)));
        assertThat(view.finalErrorPercent()).isZero();
    }

    @Test
    void recordsThatCameTooLateAreMissingForGood() {
        var view = told(ALL_CLOSED, Map.of(MINUTE, coming(100, Map.of(1L, 60L, 2L, 30L))))
                .get(0);
        assertThat(view.nearlyRight()).isEmpty();
        assertThat(view.finalErrorPercent()).isEqualTo(10);
    }

    @Test
    void windowsAreWeightedByTheirRecordsAndTheWorstIsToldApart() {
        var next = new Span(NOON.minusSeconds(60), NOON);
        var view = told(
                        ALL_CLOSED,
                        Map.of(
                                MINUTE, coming(900, Map.of(1L, 900L)),
                                next, coming(100, Map.of(1L, 50L, 2L, 50L))))
                .get(0);
        // The earlier window's end was seen in micro-batch 1 already: 0.5 s after it came 50, 2.5 s after it the rest.
        assertThat(view.windows()).isEqualTo(2);
        assertThat(error(view, 0.5)).isEqualTo(5);
        assertThat(worst(view, 0.5)).isEqualTo(50);
        assertThat(error(view, 5)).isZero();
    }

    @Test
    void whatTheStreamCountsTwiceIsAnErrorToo() {
        var view =
                told(ALL_CLOSED, Map.of(MINUTE, coming(100, Map.of(1L, 110L)))).get(0);
        assertThat(view.finalErrorPercent()).isEqualTo(10);
    }

    @Test
    void anOpenWindowAndOneWhoseEndNoRecordPassedAreLeftOut() {
        var future = new Span(NOON.plusSeconds(60), NOON.plusSeconds(120));
        var coming = coming(1, Map.of(4L, 1L));
        assertThat(told(ALL_CLOSED, Map.of(future, coming))).isEmpty();
        assertThat(told(Watermarks.NONE, Map.of(MINUTE, coming))).isEmpty();
    }

    private static double error(Report.Convergence view, double seconds) {
        return step(view, seconds).errorPercent();
    }

    private static double worst(Report.Convergence view, double seconds) {
        return step(view, seconds).worstPercent();
    }

    private static Report.ConvergenceStep step(Report.Convergence view, double seconds) {
        return view.steps().stream()
                .filter(it -> it.seconds() == seconds)
                .findFirst()
                .orElseThrow();
    }
}
