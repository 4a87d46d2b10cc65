package dev.tandem.parity.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScaleTest {
    @Test
    void endsAtRoundNumbers() {
        assertThat(new Scale(new Scale.Span(0, 412), 4, 0, 100).ticks()).containsExactly(0.0, 200.0, 400.0, 600.0);
    }

    @Test
    void putsItsEndsWhereAsked() {
        var scale = new Scale(new Scale.Span(-20, 40), 3, 300, 0);

        assertThat(scale.at(-20)).isEqualTo(300);
        assertThat(scale.at(40)).isZero();
    }

    @Test
    void hasRoomForValuesThatAreAllTheSame() {
        assertThat(new Scale(new Scale.Span(0, 0), 2, 0, 100).at(0)).isFinite();
    }

    @Test
    void startsNearValuesThatLieFarFromZero() {
        assertThat(Scale.Span.of(Stream.of(100.0, 104.0), Double::doubleValue).low())
                .isBetween(85.0, 90.0);
        assertThat(Scale.Span.of(Stream.of(10.0, 104.0), Double::doubleValue).low())
                .isZero();
    }
}
