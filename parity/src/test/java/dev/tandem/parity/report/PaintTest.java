package dev.tandem.parity.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PaintTest {
    static Stream<Arguments> textAndItsGround() {
        return Stream.of(
                Arguments.of(Paint.INK, Paint.PANEL),
                Arguments.of(Paint.INK, Paint.GROUND),
                Arguments.of(Paint.MUTED, Paint.PANEL),
                Arguments.of(Paint.MUTED, Paint.GROUND),
                Arguments.of(Paint.MUTED, Paint.OPEN_GROUND),
                Arguments.of(Paint.STREAM, Paint.PANEL),
                Arguments.of(Paint.BATCH, Paint.PANEL),
                Arguments.of(Paint.AGREE, Paint.AGREE_GROUND),
                Arguments.of(Paint.AGREE, Paint.GROUND),
                Arguments.of(Paint.DISAGREE, Paint.DISAGREE_GROUND),
                Arguments.of(Paint.TOLERANCE, Paint.TOLERANCE_GROUND),
                Arguments.of(Paint.PENDING, Paint.PENDING_GROUND),
                Arguments.of(Paint.PANEL, Paint.COUNTED),
                Arguments.of(Paint.PANEL, Paint.AGREE),
                Arguments.of(Paint.PANEL, Paint.EXPLAINED),
                Arguments.of(Paint.EXPLAINED, Paint.GROUND),
                Arguments.of(Paint.PANEL, Paint.DISAGREE));
    }

    @ParameterizedTest
    @MethodSource("textAndItsGround")
    void canBeReadOnItsGround(Paint text, Paint ground) {
        assertThat(contrast(text.light(), ground.light())).as("light").isGreaterThanOrEqualTo(4.5);
        assertThat(contrast(text.dark(), ground.dark())).as("dark").isGreaterThanOrEqualTo(4.5);
    }

    /** <a href="https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio">WCAG 2.2, contrast ratio</a>. */
    private static double contrast(String one, String other) {
        var first = luminance(Color.decode(one));
        var second = luminance(Color.decode(other));
        return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
    }

    private static double luminance(Color colour) {
        return 0.2126 * linear(colour.getRed())
                + 0.7152 * linear(colour.getGreen())
                + 0.0722 * linear(colour.getBlue());
    }

    private static double linear(int channel) {
        var share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
