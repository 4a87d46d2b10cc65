package dev.tandem.diff.attach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.diff.attach.AttachAnswer.Counts;
import dev.tandem.diff.attach.AttachAnswer.SideAnswer;
import dev.tandem.diff.attach.Bridge.Cause;
import dev.tandem.diff.attach.SimulatedJob.Place;
import dev.tandem.diff.attach.SimulatedJob.Sent;
import dev.tandem.fold.Coordinates;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log of a hundred minutes with one late record and one that comes twice, and tables worked out by hand. */
class AttachmentTest {
    private static final long FIRST = Instant.parse("2024-03-01T00:00:00Z").toEpochMilli();
    private static final long MINUTE = 60_000;
    private static final long LATE_MINUTE = 40;
    private static final long TWICE_MINUTE = 60;

    @TempDir
    private Path folder;

    /** A record a minute, each of its own minute; then the late one of minute 40, and the copy in minute 60. */
    private static List<Sent> log() {
        var log = new ArrayList<Sent>();
        for (long minute = 0; minute < 100; minute++) {
            log.add(sent(log.size(), minute, minute, "o-" + minute));
            if (minute == 50) {
                log.add(sent(log.size(), minute, LATE_MINUTE, "late"));
            }
            if (minute == TWICE_MINUTE) {
                log.add(sent(log.size(), minute, TWICE_MINUTE, "o-60"));
            }
        }
        return log;
    }

    private static Sent sent(long position, long arrival, long minute, String id) {
        long arrived = FIRST + arrival * MINUTE + 30_000;
        return new Sent(0, position, arrived, (FIRST + minute * MINUTE + 10_000) * 1_000, id, "tea", 7);
    }

    /** One record of 7 in each minute, but for what {@code other} says. */
    private static SortedMap<Place, long[]> table(Map<Long, Long> other) {
        var table = new TreeMap<Place, long[]>();
        for (long minute = 0; minute < 100; minute++) {
            long count = other.getOrDefault(minute, 1L);
            if (count > 0) {
                table.put(new Place((FIRST + minute * MINUTE) * 1_000, "tea"), new long[] {count, 7 * count});
            }
        }
        return table;
    }

    private AttachAnswer ask(Map<Long, Long> stream, Map<Long, Long> batch) throws Exception {
        return new Case(folder, log(), 1).ask(table(stream), Optional.of(table(batch)));
    }

    private static SideAnswer stream(AttachAnswer answer) {
        return answer.views().get(0).stream().orElseThrow();
    }

    private static SideAnswer batch(AttachAnswer answer) {
        return answer.views().get(0).batch().orElseThrow();
    }

    @Test
    void tellsWhichTableIsWrong() throws Exception {
        var answer = ask(Map.of(TWICE_MINUTE, 2L), Map.of(LATE_MINUTE, 2L));

        assertThat(answer.records()).isEqualTo(102);
        assertThat(stream(answer).counts()).isEqualTo(new Counts(100, 98, 2, 0, 0));
        assertThat(batch(answer).counts()).isEqualTo(new Counts(100, 100, 0, 0, 0));
        assertThat(stream(answer).places())
                .contains(new AttachAnswer.Place("day", "2024-03-01", 2), new AttachAnswer.Place("category", "tea", 2));
    }

    @Test
    void tellsAllDelaysThatTheTableAllows() throws Exception {
        var answer = ask(Map.of(TWICE_MINUTE, 2L), Map.of(LATE_MINUTE, 2L));

        // The late record's window ends at minute 41; the watermark knows the event of minute 50 and ten seconds.
        long longest = Duration.ofMinutes(9).plusSeconds(10).toNanos() / 1_000;
        var inference = stream(answer).inference().orElseThrow();
        assertThat(inference.complete()).isTrue();
        assertThat(inference.behaviour())
                .isEqualTo(new Behaviour(Clock.PLAIN, Lateness.CLOSED, Duplicates.COUNTED, Behaviour.Emission.UPDATE));
        assertThat(inference.delays()).containsExactly(new DelaySpan(-1, longest));
        assertThat(inference.delayMicros()).isEqualTo(Duration.ofMinutes(2).toNanos() / 1_000);
    }

    @Test
    void tellsOfABatchThatItCountsEachOrderOnce() throws Exception {
        var inference =
                batch(ask(Map.of(), Map.of(LATE_MINUTE, 2L))).inference().orElseThrow();

        assertThat(inference.behaviour().lateness()).isEqualTo(Lateness.KEPT);
        assertThat(inference.behaviour().duplicates()).isEqualTo(Duplicates.FIRST);
        assertThat(inference.complete()).isTrue();
    }

    @Test
    void namesTheRecordsBehindEachNumber() throws Exception {
        var answer = ask(Map.of(TWICE_MINUTE, 2L), Map.of(LATE_MINUTE, 2L));

        var worst = answer.views().get(0).worst();
        assertThat(worst).hasSize(2);
        var late = worst.stream()
                .filter(row -> row.start().equals(Optional.of(Instant.ofEpochMilli(FIRST + LATE_MINUTE * MINUTE))))
                .findFirst()
                .orElseThrow()
                .stream()
                .orElseThrow();
        assertThat(late.measures()).extracting(Bridge::measure).containsExactly("n", "total");
        assertThat(late.measures().get(1).steps())
                .containsExactly(new Bridge.Step(
                        Cause.LATE, Optional.of(BigDecimal.valueOf(7)), Optional.of("7"), Optional.of("14"), 1));
        assertThat(late.causes().get(0).first().get(0).at()).isEqualTo(new Coordinates(0, 51));
        var twice = worst.stream()
                .filter(row -> row.start().equals(Optional.of(Instant.ofEpochMilli(FIRST + TWICE_MINUTE * MINUTE))))
                .findFirst()
                .orElseThrow()
                .stream()
                .orElseThrow();
        assertThat(twice.measures().get(0).steps())
                .containsExactly(new Bridge.Step(
                        Cause.DUPLICATE, Optional.of(BigDecimal.valueOf(-1)), Optional.of("2"), Optional.of("1"), 1));
        assertThat(twice.causes().get(0).first().get(0).copyOf()).contains("0-61");
    }

    @Test
    void doesNotExplainWhatNoBehaviourGives() throws Exception {
        var answer = ask(Map.of(3L, 5L, LATE_MINUTE, 2L), Map.of(LATE_MINUTE, 2L));

        var inference = stream(answer).inference().orElseThrow();
        assertThat(inference.reproduced()).isEqualTo(99);
        assertThat(new InferenceWords(inference).share())
                .startsWith("no behaviour reproduces more than 99.0 %: 99 of 100 rows");
        assertThat(answer.views().get(0).worst().get(0).stream()
                        .orElseThrow()
                        .measures()
                        .get(0)
                        .steps())
                .containsExactly(new Bridge.Step(
                        Cause.UNEXPLAINED, Optional.of(BigDecimal.valueOf(-4)), Optional.of("5"), Optional.of("1"), 0));
    }

    @Test
    void seesThatTheLastWindowsAreMissing() throws Exception {
        var answer = ask(Map.of(LATE_MINUTE, 2L), Map.of(LATE_MINUTE, 2L, 98L, 0L, 99L, 0L));

        var inference = batch(answer).inference().orElseThrow();
        assertThat(batch(answer).counts().absent()).isEqualTo(2);
        assertThat(inference.complete()).isTrue();
        assertThat(inference.behaviour().emission()).isEqualTo(Behaviour.Emission.CLOSED);
    }

    @Test
    void seesThatNamesAreInLocalTime() throws Exception {
        var shifted = new TreeMap<Place, long[]>();
        table(Map.of(LATE_MINUTE, 2L))
                .forEach((place, row) -> shifted.put(
                        new Place(place.start() + Duration.ofMinutes(330).toNanos() / 1_000, "tea"), row));

        var inference = new Case(folder, log(), 1).infer(shifted);

        assertThat(inference.shiftMicros()).isEqualTo(Duration.ofMinutes(330).toNanos() / 1_000);
        assertThat(inference.complete()).isTrue();
        assertThat(new InferenceWords(inference).behaviour())
                .contains("a clock that is 5 hours 30 minutes ahead of the definition's");
    }

    @Test
    void infersNothingFromATableOfSomethingElse() throws Exception {
        var other = new TreeMap<Place, long[]>();
        table(Map.of()).forEach((place, row) -> other.put(place, new long[] {1_000 + row[0], place.start() % 7}));

        var answer = new Case(folder, log(), 1).ask(other);

        assertThat(stream(answer).inference()).isEmpty();
        assertThat(AttachText.of(answer, Path.of("report.html")))
                .contains("nothing: no behaviour that was tried gives half of the table", "unexplained  -1000");
    }

    @Test
    void writesEveryDifferingNumber() throws Exception {
        var answer = ask(Map.of(TWICE_MINUTE, 2L), Map.of(LATE_MINUTE, 2L));

        assertThat(Files.readString(answer.differences())).isEqualTo("""
                        view,window_start,key,measure,log,stream,batch
                        per_minute,2024-03-01T00:40:00Z,category=tea,n,2,1,2
                        per_minute,2024-03-01T00:40:00Z,category=tea,total,14,7,14
                        per_minute,2024-03-01T01:00:00Z,category=tea,n,1,2,1
                        per_minute,2024-03-01T01:00:00Z,category=tea,total,7,14,7
                        """);
    }

    @Test
    void writesAPageWithTheJobTheRowAndItsRecord() throws Exception {
        var answer = ask(Map.of(TWICE_MINUTE, 2L), Map.of(LATE_MINUTE, 2L));

        assertThat(AttachPage.write(answer))
                .content()
                .contains(
                        "<title>DIFFER: ",
                        "2024-03-01T00:40:00Z",
                        "<td class=\"number\" data-label=\"In the log\"><div>14</div>")
                .contains("differences.csv")
                .doesNotContain("<script");
    }
}
