package dev.tandem.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.model.Window.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {
    private static final Duration TWENTY = Duration.ofMinutes(20);
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @Nested
    class ATumblingWindow {
        private final Window window = new Window.Tumbling(TWENTY);

        @ParameterizedTest
        @CsvSource({
            "2026-01-31T11:59:59.999999Z, 2026-01-31T11:40:00Z",
            "2026-01-31T12:00:00Z,        2026-01-31T12:00:00Z",
            "2026-01-31T12:19:59.999999Z, 2026-01-31T12:00:00Z",
            "2026-01-31T12:20:00Z,        2026-01-31T12:20:00Z",
            "2026-01-31T12:39:59.999999Z, 2026-01-31T12:20:00Z",
            "2026-01-31T12:40:00Z,        2026-01-31T12:40:00Z"
        })
        void leavesAnEventAtItsEndToTheNextOne(Instant time, Instant start) {
            assertThat(window.spansOf(time)).containsExactly(new Span(start, start.plus(TWENTY)));
        }

        @ParameterizedTest
        @CsvSource({
            "1969-12-31T23:59:59.999999Z, 1969-12-31T23:40:00Z",
            "1969-12-31T23:40:00Z,        1969-12-31T23:40:00Z",
            "1969-12-31T23:39:59.999999Z, 1969-12-31T23:20:00Z",
            "0001-01-01T00:00:00Z,        0001-01-01T00:00:00Z"
        })
        void isAlignedAlikeBefore1970(Instant time, Instant start) {
            assertThat(window.spansOf(time)).containsExactly(new Span(start, start.plus(TWENTY)));
        }

        @Test
        void cannotBeEmpty() {
            assertThatThrownBy(() -> new Window.Tumbling(Duration.ZERO))
                    .hasMessage("Cannot cut time by a size of PT0S: it must be positive; give e.g. 20 minutes");
        }
    }

    @Nested
    class ASlidingWindow {
        @ParameterizedTest
        @CsvSource({"PT20M, PT10M", "PT1H, PT5M", "PT1H, PT1H", "PT30M, PT20M", "PT7M, PT3M", "PT1S, PT0.5S"})
        void takesAnEventIntoExactlyTheSpansThatHoldIt(Duration size, Duration slide) {
            var window = new Window.Sliding(size, slide);
            for (var time = at("1970-01-01T00:00:00Z").minus(size); !time.isAfter(Instant.EPOCH.plus(size)); ) {
                assertThat(window.spansOf(time)).isEqualTo(slowly(time, size, slide));
                time = time.plus(slide.dividedBy(4));
            }
        }

        @Test
        void takesAnEventSizeBySlideTimes() {
            var window = new Window.Sliding(Duration.ofHours(1), Duration.ofMinutes(5));
            assertThat(window.spansOf(at("2026-01-31T12:34:56Z"))).hasSize(12);
        }

        @Test
        void cannotLeaveEventsBetweenTwoWindows() {
            assertThatThrownBy(() -> new Window.Sliding(TWENTY, Duration.ofMinutes(21)))
                    .hasMessage(
                            "Cannot slide by PT21M over a window of PT20M: events between two windows would be lost; "
                                    + "make slide at most size");
        }

        private static List<Span> slowly(Instant time, Duration size, Duration slide) {
            var spans = new TreeSet<Span>();
            var first = Instant.EPOCH.minus(slide.multipliedBy(200));
            for (var start = first; !start.isAfter(time); start = start.plus(slide)) {
                if (time.isBefore(start.plus(size))) {
                    spans.add(new Span(start, start.plus(size)));
                }
            }
            return List.copyOf(spans);
        }
    }

    @Nested
    class ACalendarDay {
        @ParameterizedTest
        @CsvSource({
            "Europe/Berlin, 2026-03-28, 24",
            "Europe/Berlin, 2026-03-29, 23",
            "Europe/Berlin, 2026-10-25, 25",
            "Asia/Kolkata,  2026-03-29, 24",
            "Asia/Kolkata,  2026-10-25, 24",
            "UTC,           2026-10-25, 24"
        })
        void isAsLongAsPeopleCountIt(ZoneId zone, LocalDate day, long hours) {
            var noon = day.atTime(12, 0).atZone(zone).toInstant();
            var span = day(zone).spansOf(noon).get(0);
            assertThat(Duration.between(span.start(), span.end())).isEqualTo(Duration.ofHours(hours));
        }

        @Test
        void beginsAtMidnightOfItsZone() {
            var span = day(ZoneId.of("Asia/Kolkata"))
                    .spansOf(at("2026-01-31T18:30:00Z"))
                    .get(0);
            assertThat(span).isEqualTo(new Span(at("2026-01-31T18:30:00Z"), at("2026-02-01T18:30:00Z")));
        }

        @Test
        void leavesTheLastMicrosecondInItself() {
            assertThat(day(BERLIN)
                            .spansOf(at("2026-10-25T22:59:59.999999Z"))
                            .get(0)
                            .start())
                    .isEqualTo(at("2026-10-24T22:00:00Z"));
        }

        /** The clocks went back from 00:01 to 23:01, so the evening of the 28th came again within the window of the 29th. */
        @Test
        void keepsTheMinutesOfTheOldDateThatComeAgain() {
            var stJohns = ZoneId.of("America/St_Johns");
            assertThat(day(stJohns).spansOf(at("2006-10-29T02:45:00Z")))
                    .containsExactly(new Span(at("2006-10-29T02:30:00Z"), at("2006-10-30T03:30:00Z")));
        }

        /** Samoa went from the 29th to the 31st of December 2011. */
        @Test
        void doesNotExistWhereTheZoneSkippedIt() {
            var apia = ZoneId.of("Pacific/Apia");
            assertThat(List.of(
                            day(apia).spansOf(at("2011-12-30T09:59:59.999999Z")).get(0),
                            day(apia).spansOf(at("2011-12-30T10:00:00Z")).get(0)))
                    .containsExactly(
                            new Span(at("2011-12-29T10:00:00Z"), at("2011-12-30T10:00:00Z")),
                            new Span(at("2011-12-30T10:00:00Z"), at("2011-12-31T10:00:00Z")));
        }

        private static Window day(ZoneId zone) {
            return new Window.Calendar(ChronoUnit.DAYS, zone);
        }
    }

    @Nested
    class ACalendarHour {
        @Test
        void comesTwiceWhenTheClocksGoBack() {
            var window = new Window.Calendar(ChronoUnit.HOURS, BERLIN);
            assertThat(window.spansOf(at("2026-10-25T00:30:00Z")))
                    .isNotEqualTo(window.spansOf(at("2026-10-25T01:30:00Z")));
        }

        /** Was one hour with an end before the event: Lord Howe changes its clocks by half an hour. */
        @Test
        void isCutInTwoWhereTheClocksChangeByHalfAnHour() {
            var window = new Window.Calendar(ChronoUnit.HOURS, ZoneId.of("Australia/Lord_Howe"));
            var span = window.spansOf(at("2026-04-04T15:15:00Z")).get(0);
            assertThat(span).isEqualTo(new Span(at("2026-04-04T15:00:00Z"), at("2026-04-04T15:30:00Z")));
        }

        @Test
        void isAlignedToTheZone() {
            var window = new Window.Calendar(ChronoUnit.HOURS, ZoneId.of("Asia/Kolkata"));
            assertThat(window.spansOf(at("2026-01-31T12:29:00Z")).get(0).start())
                    .isEqualTo(at("2026-01-31T11:30:00Z"));
        }

        @Test
        void cannotBeAMinute() {
            assertThatThrownBy(() -> new Window.Calendar(ChronoUnit.MINUTES, ZoneOffset.UTC))
                    .hasMessage("Cannot cut a calendar by Minutes; use hour, day, week or month");
        }
    }

    @Nested
    class ACalendarWeek {
        @ParameterizedTest
        @CsvSource({
            "2026-01-04T22:59:59.999999Z, 2025-12-28T23:00:00Z, 2026-01-04T23:00:00Z",
            "2026-01-04T23:00:00Z,        2026-01-04T23:00:00Z, 2026-01-11T23:00:00Z",
            "2026-03-27T12:00:00Z,        2026-03-22T23:00:00Z, 2026-03-29T22:00:00Z"
        })
        void beginsOnMonday(Instant time, Instant start, Instant end) {
            var week = new Window.Calendar(ChronoUnit.WEEKS, BERLIN);
            assertThat(week.spansOf(time)).containsExactly(new Span(start, end));
        }
    }

    @Nested
    class ACalendarMonth {
        @ParameterizedTest
        @CsvSource({
            "2026-02-28T22:59:59.999999Z, 2026-01-31T23:00:00Z, 2026-02-28T23:00:00Z",
            "2028-02-29T12:00:00Z,        2028-01-31T23:00:00Z, 2028-02-29T23:00:00Z",
            "2026-12-31T12:00:00Z,        2026-11-30T23:00:00Z, 2026-12-31T23:00:00Z"
        })
        void beginsOnTheFirst(Instant time, Instant start, Instant end) {
            var month = new Window.Calendar(ChronoUnit.MONTHS, BERLIN);
            assertThat(month.spansOf(time)).containsExactly(new Span(start, end));
        }
    }

    @Nested
    class EveryWindow {
        @Test
        void overEverythingIsOne() {
            assertThat(new Window.Global().spansOf(Instant.EPOCH)).containsExactly(Span.ALL);
        }

        @Test
        void isToldInWords() {
            assertThat(new Window[] {
                        new Window.Tumbling(TWENTY),
                        new Window.Sliding(Duration.ofHours(1), TWENTY),
                        new Window.Calendar(ChronoUnit.DAYS, BERLIN),
                        new Window.Calendar(ChronoUnit.MONTHS, ZoneOffset.UTC),
                        new Window.Global()
                    })
                    .extracting(Window::told)
                    .containsExactly(
                            "20 minutes tumbling",
                            "1 hour every 20 minutes",
                            "day in Europe/Berlin",
                            "month in Z",
                            "everything");
        }
    }

    private static Instant at(String text) {
        return Instant.parse(text);
    }
}
