package dev.tandem.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog;
import dev.tandem.model.Format;
import dev.tandem.model.Format.Layout;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueCutterTest {
    private static final RecordForm VALUES =
            new RecordForm(Format.Kind.JSON, false, ',', new Format.InFile("UTF-8", Layout.VALUES), List.of("id"));

    @TempDir
    private Path root;

    private static List<String> cut(String text) throws IOException {
        var records = new ArrayList<String>();
        try (var cutter = new ValueCutter(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
            while (cutter.advance()) {
                records.add(new String(cutter.record(), StandardCharsets.UTF_8));
            }
        }
        return records;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{'id':1},{'id':2}]",
                "\uFEFF [ {'id':1}\n,\r\n{'id':2} ] \n",
                "{'id':1}\n{'id':2}\n",
                "{'id':1}{'id':2}",
                "[{'id':1}]\n[]\n[{'id':2}]"
            })
    void takesListsAndOneAfterTheOther(String text) throws IOException {
        assertThat(cut(text.replace('\'', '"'))).containsExactly("{\"id\":1}", "{\"id\":2}");
    }

    @Test
    void makesOneLineOfEachRecord() throws IOException {
        assertThat(cut("[\n  {\r\n    \"id\": \"a]}\\\"{\",\n    \"x\": [1, {}]\n  }\n]\n"))
                .containsExactly("{      \"id\": \"a]}\\\"{\",     \"x\": [1, {}]   }");
    }

    @Test
    void leavesWhatIsNoObjectToTheReaderOfRecords() throws IOException {
        assertThat(cut("[1, \"a,b\", null, [2], {\"id\":}]"))
                .containsExactly("1", "\"a,b\"", "null", "[2]", "{\"id\":}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{} {}]   | at byte 4 it has '{' where a comma or ] should be",
                "[{},]     | at byte 4 it has ']' where a value should be",
                "{},{}     | at byte 2 it has ',' where a value should be",
                "}         | at byte 0 it has '}' where a value should be",
                "[{}       | it ends before its last list or record does",
                "{\"id\":1 | it ends before its last list or record does",
                "[\"a      | it ends before its last list or record does"
            })
    void refusesAFileWhoseValuesAreNotParted(String text, String told) {
        assertThatThrownBy(() -> cut(text))
                .isInstanceOf(UnfitFileException.class)
                .hasMessageStartingWith(told);
    }

    @Test
    void aFileIsReadFromItsMiddleToo() throws IOException {
        int count = 50_000;
        var text = IntStream.range(0, count)
                .mapToObj("  {\n    \"id\": %d\n  }"::formatted)
                .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
        Files.writeString(root.resolve("a.json"), text);
        var log = FilesLog.of(root.toString(), Intake.of(VALUES));

        assertThat(log.cut().positions()).containsEntry(0, (long) count);
        for (int position : List.of(0, 1, 33_333, count - 1)) {
            var one = new ArrayList<Landed>();
            try (var records = log.read(new LandedLog.Slice(position, position))) {
                records.forEachRemaining(one::add);
            }
            assertThat(one)
                    .extracting(it -> new String(it.raw().bytes(), StandardCharsets.UTF_8))
                    .containsExactly("{     \"id\": %d   }".formatted(position));
        }
    }
}
