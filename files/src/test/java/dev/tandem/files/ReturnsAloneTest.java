package dev.tandem.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.model.Format;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnsAloneTest {
    private static final RecordForm BARE = new RecordForm(Format.Kind.CSV, false, ',', List.of("id", "qty", "price"));

    @TempDir
    private Path root;

    @ParameterizedTest
    @ValueSource(
            strings = {"id,qty,price\ro1,1,1\ro2,1,1\r", "id,qty,price\ro1,1,1", "\"id\",qty,price\r\ro1,\"1\",1\r"})
    void areToldAsWhatTheyAre(String text) {
        refuses(Place.CSV, text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"o1,1,1\ro2,1,1\r", "o1,\"a\rb\",1\ro2,1,1"})
    void areToldWithoutAHeader(String text) {
        refuses(BARE, text);
    }

    @Test
    void areToldBetweenObjectsOfJson() {
        refuses(Place.JSON, "{\"id\":\"o1\"}\r{\"id\":\"o2\"}\r");
    }

    @Test
    void areNotFoundWithinAnObjectOfJson() {
        assertThat(records(Place.JSON, "{\"id\":\r\"o1\"}\r")).hasSize(1);
    }

    @Test
    void areNotFoundWithinQuotes() {
        assertThat(records(BARE, "o1,\"a\rb\",1\r\n")).containsExactly("o1,\"a\rb\",1");
    }

    /** Then one record is malformed, and the others are not. */
    @Test
    void areNotFoundWhereOtherLinesEndInLf() {
        assertThat(records(BARE, "o1,a\rb,1\no2,1,1\n")).containsExactly("o1,a\rb,1", "o2,1,1");
    }

    private void refuses(RecordForm form, String text) {
        var place = Place.of(root, form);
        var file = place.bring(form.csv() ? "a.csv" : "a.jsonl", text);
        var drop = place.drop();
        assertThatThrownBy(() -> drop.takeIn(1))
                .isInstanceOf(FilesException.class)
                .hasMessageStartingWith(
                        "Cannot read " + file + ": its lines end in CR alone; write it with line ends LF or CRLF");
        assertThat(place.inventory().entries()).isEmpty();
    }

    private List<String> records(RecordForm form, String text) {
        var place = Place.of(root, form);
        place.bring(form.csv() ? "a.csv" : "a.jsonl", text);
        return place.records();
    }
}
