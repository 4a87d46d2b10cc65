package dev.tandem.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final AtomicLong nanos = new AtomicLong();

    private Progress on(Progress.Screen screen) {
        return new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), screen, nanos::get);
    }

    private void wait(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private String told() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void eachPhaseIsALineWithItsTime() {
        var progress = on(Progress.Screen.LINES);
        progress.step("starting Kafka");
        wait(Duration.ofMillis(1_640));
        progress.done("Kafka at 127.0.0.1:9092");
        assertThat(told()).isEqualTo("    0.0 s  starting Kafka …\n    1.6 s  Kafka at 127.0.0.1:9092\n");
    }

    @Test
    void aBarIsNotDrawnIntoAFile() {
        try (var bar = on(Progress.Screen.LINES).bar("feeding", 10)) {
            bar.update(5);
        }
        assertThat(told()).isEmpty();
    }

    @Test
    void aBarTellsRateAndTimeLeft() {
        try (var bar = on(Progress.Screen.TERMINAL).bar("feeding", 10_000)) {
            wait(Duration.ofSeconds(2));
            bar.update(2_500);
        }
        assertThat(told())
                .contains("feeding  ██████░░░░░░░░░░░░░░░░░░ 2,500 of 10,000 · 1,250/s · 6 s left")
                .endsWith("\r\u001b[K");
    }

    @Test
    void aBarIsDrawnAtMostTenTimesASecond() {
        var bar = on(Progress.Screen.TERMINAL).bar("feeding", 1_000);
        for (int count = 0; count < 1_000; count++) {
            wait(Duration.ofMillis(1));
            bar.update(count);
        }
        assertThat(told().split("feeding", -1).length - 1).isBetween(9, 11);
    }

    @Test
    void noColourMeansNoColour() {
        on(Progress.Screen.TERMINAL).step("starting");
        assertThat(told()).doesNotContain("\u001b");
    }
}
