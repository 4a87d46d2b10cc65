package dev.tandem.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.model.Format;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordCutterTest {
    private static final RecordForm BARE =
            new RecordForm(new Format(Format.Kind.CSV, false, ',', Optional.empty(), Optional.empty()), List.of("a"));

    private static List<String> csv(String text) {
        return cut(text, BARE);
    }

    private static List<String> cut(String text, RecordForm form) {
        var whole = cut(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), form);
        assertThat(cut(new Dribble(text.getBytes(StandardCharsets.UTF_8)), form))
                .as("read in small pieces")
                .isEqualTo(whole);
        return whole;
    }

    private static List<String> cut(InputStream source, RecordForm form) {
        var records = new ArrayList<String>();
        try (var cutter = new RecordCutter(source, form)) {
            while (cutter.advance()) {
                records.add(new String(cutter.record(), StandardCharsets.UTF_8));
            }
            assertThat(cutter.advance()).as("after the end").isFalse();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return records;
    }

    /** Gives one to seven bytes at a time, as a slow share does. */
    private static final class Dribble extends ByteArrayInputStream {
        private final SplittableRandom random = new SplittableRandom(7);

        Dribble(byte[] bytes) {
            super(bytes);
        }

        @Override
        public synchronized int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(length, random.nextInt(1, 8)));
        }
    }

    @Nested
    class Lines {
        @Test
        void endWithOrWithoutCarriageReturn() {
            assertThat(csv("a,1\r\nb,2\nc,3\r\n")).containsExactly("a,1", "b,2", "c,3");
        }

        @Test
        void needNoLineEndAtTheLast() {
            assertThat(csv("a,1\nb,2")).containsExactly("a,1", "b,2");
        }

        @Test
        void countOnlyWhereTheyAreNotBlank() {
            assertThat(csv("\n\na,1\n  \n\r\nb,2\n\n")).containsExactly("a,1", "b,2");
        }

        @Test
        void ofDelimitersAloneAreRecordsOfEmptyCells() {
            var tabs = new RecordForm(Format.Kind.CSV, false, '\t', List.of("a", "b"));

            assertThat(cut("\t\n1\t2\n", tabs)).containsExactly("\t", "1\t2");
        }

        @Test
        void beginBehindTheByteOrderMark() {
            assertThat(csv("\uFEFFa,1\nb,2\n")).containsExactly("a,1", "b,2");
        }

        @Test
        void ofNothingAreNone() {
            assertThat(csv("")).isEmpty();
            assertThat(csv("\uFEFF")).isEmpty();
            assertThat(csv("\n")).isEmpty();
        }

        @Test
        void ofJsonMayHoldQuotesAsTheyLike() {
            assertThat(cut("{\"a\":\"x\n{\"a\":1}\n \n{}", Place.JSON))
                    .containsExactly("{\"a\":\"x", "{\"a\":1}", "{}");
        }

        @Test
        void longerThanTheBufferStayWhole() {
            var wide = "x".repeat(700_000);

            assertThat(cut(new ByteArrayInputStream((wide + "\n" + wide).getBytes(StandardCharsets.UTF_8)), BARE))
                    .containsExactly(wide, wide);
        }

        @Test
        void longerThanAnyDatabaseTakesAreRefused() {
            var endless = new ByteArrayInputStream(new byte[Cutter.LONGEST + 1]);

            assertThatThrownBy(() -> new RecordCutter(endless, BARE).advance())
                    .hasMessage(
                            "it has a line of more than 16 MiB; take the file out of the folder and cut it into records");
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whateverIsQuotedRightComesBackWhole(long seed) {
        var random = new SplittableRandom(seed);
        var records = IntStream.range(0, 200)
                .mapToObj(it -> "r" + it + "," + cell(random) + "," + cell(random))
                .toList();

        assertThat(csv(String.join("\n", records))).isEqualTo(records);
    }

    private static String cell(SplittableRandom random) {
        var text = random.ints(random.nextInt(6), 0, 6)
                .mapToObj(it -> List.of("a", "\"\"", "\n", "\r\n", ",", "é").get(it))
                .collect(Collectors.joining());
        return "\"" + text + "\"";
    }

    @Nested
    class QuotedCells {
        @Test
        void mayHoldLineBreaksAndDelimiters() {
            assertThat(csv("a,\"x\ny\"\nb,\"x\r\n,\"\r\nc,1")).containsExactly("a,\"x\ny\"", "b,\"x\r\n,\"", "c,1");
        }

        @Test
        void mayHoldDoubledQuotes() {
            assertThat(csv("\"say \"\"so\"\"\n\",1\n\"\",2\n")).containsExactly("\"say \"\"so\"\"\n\",1", "\"\",2");
        }

        @Test
        void mayEndTheFile() {
            assertThat(csv("a,\"x\ny\"")).containsExactly("a,\"x\ny\"");
        }

        @Test
        void doNotBeginInTheMiddleOfACell() {
            assertThat(csv("5\" tall,1\nb,2\n")).containsExactly("5\" tall,1", "b,2");
        }

        @Test
        void thatNeverCloseCostTheirOwnLineOnly() {
            assertThat(csv("a,\"1\nb,2\nc,3\n")).containsExactly("a,\"1", "b,2", "c,3");
        }

        @Test
        void thatCloseInTheWrongPlaceCostTheirOwnLineOnly() {
            assertThat(csv("a,\"1\nb,2\nc,\"3\"\n")).containsExactly("a,\"1", "b,2", "c,\"3\"");
        }

        @Test
        void thatDoNotCloseWithinAMebibyteCostTheirOwnLineOnly() {
            var lines = "b,2\n".repeat(RecordCutter.LONGEST_QUOTED / 4);
            var records = cut(
                    new ByteArrayInputStream(("a,\"1\n" + lines + "c,\"\n").getBytes(StandardCharsets.UTF_8)), BARE);

            assertThat(records).hasSize(RecordCutter.LONGEST_QUOTED / 4 + 2).startsWith("a,\"1", "b,2");
        }
    }

    @Test
    void textInSixteenBitsIsRefused() {
        var source = new ByteArrayInputStream("a,1\n".getBytes(StandardCharsets.UTF_16));

        assertThatThrownBy(() -> new RecordCutter(source, BARE).advance())
                .hasMessage("it is UTF-16; write it as UTF-8, or give the format 'encoding: UTF-16'");
    }

    @Test
    void aDelimiterMayTakeSeveralBytes() {
        var form = new RecordForm(Format.Kind.CSV, false, '¦', List.of("a", "b"));

        assertThat(cut("a¦1\n\"x¦\ny\"¦\"\"\nÂ¦2\n", form)).containsExactly("a¦1", "\"x¦\ny\"¦\"\"", "Â¦2");
    }

    @Test
    void aDelimiterThatCannotCutIsRefused() {
        assertThatThrownBy(() -> new RecordForm(Format.Kind.CSV, true, '\ud83d', List.of("a")))
                .isInstanceOf(FilesException.class)
                .hasMessage(
                        "Cannot cut records at the delimiter '\ud83d' (U+D83D): it is half a character or has a meaning of its own; use , ; | or a tab");
    }
}
