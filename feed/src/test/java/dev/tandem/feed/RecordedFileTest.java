package dev.tandem.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedFileTest {

    private static final String TABLE = """
            id,at,note
            a,2010-12-01 08:26:00,"two
            lines, with ""quotes""\"
            b,2010-12-01T08:27:00Z,
            c,yesterday,x
            d,too few
            """;

    @TempDir
    private Path folder;

    @Nested
    class ATable extends FeedContract {
        @Override
        protected Feed feed() {
            return RecordedFile.open(file("rows.csv", TABLE), RecordedForm.json());
        }

        @Test
        void becomesObjectsOfTexts() {
            assertThat(Made.records(feed()).stream().map(Made::text))
                    .containsExactly(
                            "{\"id\":\"a\",\"at\":\"2010-12-01 08:26:00\",\"note\":\"two\\nlines, with \\\"quotes\\\"\"}",
                            "{\"id\":\"b\",\"at\":\"2010-12-01T08:27:00Z\",\"note\":null}",
                            "{\"id\":\"c\",\"at\":\"yesterday\",\"note\":\"x\"}",
                            "d,too few");
        }

        @Test
        void tellsIdAndTimeWhereTheyCanBeRead() {
            var form = RecordedForm.json().withId(List.of("id")).withTime("at");

            var records = Made.records(RecordedFile.open(file("rows.csv", TABLE), form));

            assertThat(records)
                    .extracting(FeedRecord::id)
                    .containsExactly(Optional.of("a"), Optional.of("b"), Optional.of("c"), Optional.empty());
            assertThat(records)
                    .extracting(FeedRecord::eventTime)
                    .containsExactly(
                            Optional.of(Instant.parse("2010-12-01T08:26:00Z")),
                            Optional.of(Instant.parse("2010-12-01T08:27:00Z")),
                            Optional.empty(),
                            Optional.empty());
        }

        @Test
        void hasAnIdOfSeveralFieldsWhereARowHasThemAll() {
            var form = RecordedForm.json().withId(List.of("id", "note"));

            var records = Made.records(RecordedFile.open(file("rows.csv", "id,note\na,x\nb,\n"), form));

            assertThat(records).extracting(FeedRecord::id).containsExactly(Optional.of("a,x"), Optional.empty());
        }

        @Test
        void hasNoIdWhereTheFileLacksItsColumn() {
            var form = RecordedForm.json().withId(List.of("order_id"));

            var records = Made.records(RecordedFile.open(file("rows.csv", "id,note\na,x\n"), form));

            assertThat(records).extracting(FeedRecord::id).containsExactly(Optional.empty());
        }

        @Test
        void staysATableWhereItShall() {
            var feed = RecordedFile.open(file("rows.csv", TABLE), RecordedForm.unchanged());

            assertThat(feed.columns()).containsExactly("id", "at", "note");
            assertThat(Made.records(feed).stream().map(Made::text))
                    .containsExactly(
                            "a,2010-12-01 08:26:00,\"two\nlines, with \"\"quotes\"\"\"",
                            "b,2010-12-01T08:27:00Z,",
                            "c,yesterday,x",
                            "d,too few");
        }

        @Test
        void withoutANamedColumnIsRefused() {
            var file = file("rows.csv", TABLE);

            assertThatThrownBy(() -> RecordedFile.open(file, RecordedForm.json().withTime("when")))
                    .hasMessage(
                            "Cannot read %s: there is no column 'when'; name one of [id, at, note]".formatted(file));
        }
    }

    @Nested
    class Lines extends FeedContract {
        private static final String LINES = """
                {"trade_id": 7, "time": "2021-04-17T16:43:30.244075Z"}
                {"trade_id": NaN}
                """;

        @Override
        protected Feed feed() {
            return RecordedFile.open(
                    file("lines.json", LINES),
                    RecordedForm.json().withId(List.of("trade_id")).withTime("time"));
        }

        @Test
        void passUnchanged() {
            var records = Made.records(feed());

            assertThat(records.stream().map(Made::text))
                    .containsExactlyElementsOf(LINES.lines().toList());
            assertThat(records.get(0).id()).hasValue("7");
            assertThat(records.get(0).eventTime()).hasValue(Instant.parse("2021-04-17T16:43:30.244075Z"));
            assertThat(records.get(1).id()).isEmpty();
        }
    }

    @Test
    void readsWhatIsCompressed() throws IOException {
        var file = folder.resolve("rows.csv.gz");
        try (var bytes = new GZIPOutputStream(Files.newOutputStream(file))) {
            bytes.write("id\n1\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }

        assertThat(Made.records(RecordedFile.open(file, RecordedForm.json())).stream()
                        .map(Made::text))
                .containsExactly("{\"id\":\"1\"}");
    }

    @Test
    void refusesAnotherKindOfFile() {
        assertThatThrownBy(() -> RecordedFile.open(folder.resolve("rows.parquet"), RecordedForm.json()))
                .hasMessage("Cannot read %s: its name tells no kind of file;".formatted(folder.resolve("rows.parquet"))
                        + " give one that ends in .csv, .jsonl, .json or one of these with .gz");
    }

    @Test
    void refusesAMissingFile() {
        assertThatThrownBy(() -> RecordedFile.open(folder.resolve("no.csv"), RecordedForm.json()))
                .hasMessage("Cannot read %s: there is no such file;".formatted(folder.resolve("no.csv"))
                        + " give the path of a file that ends in .csv, .jsonl, .json or one of these with .gz");
    }

    @Test
    void sendsARealHourOfTradesInDisorder() {
        var form = RecordedForm.json().withTime("timestamp");
        var trades = RecordedFile.open(RealData.file("bitcoin/btc_trades.csv"), form);

        var mixed = Made.records(new Disorder(Duration.ofSeconds(30), 7).of(trades));

        assertThat(mixed).hasSize(5_882);
        assertThat(mixed.stream().map(FeedRecord::event))
                .isNotEqualTo(
                        Made.records(trades).stream().map(FeedRecord::event).toList());
    }

    private Path file(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
