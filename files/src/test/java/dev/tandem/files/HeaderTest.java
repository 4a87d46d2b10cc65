package dev.tandem.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.model.Format;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns go by name: what a header says decides which cell is which. */
class HeaderTest {
    @TempDir
    private Path root;

    private List<String> records(String text) {
        var place = Place.of(root, Place.CSV);
        place.bring("a.csv", text);
        return place.records();
    }

    @Test
    void inTheSchemasOrderLeavesRecordsUntouched() {
        assertThat(records("id,qty,price\n\"o1\", 2,\"9.99\"\r\n")).containsExactly("\"o1\", 2,\"9.99\"");
    }

    @Test
    void trap21WithPriceAndQuantitySwappedIsReadRight() {
        assertThat(records("price,qty,id\n9.99,2,o1\n")).containsExactly("o1,2,9.99");
    }

    @Test
    void withExtraColumnsLeavesThemOut() {
        assertThat(records("note,id,qty,price,more\nx,o1,2,9.99,y\n")).containsExactly("o1,2,9.99");
    }

    @Test
    void keepsTheCellsOwnQuotesWhenReordering() {
        assertThat(records("price,qty,id\n9.99,2,\"o,\"\"1\"\"\n!\"\n,\"\",5\" tall\n"))
                .containsExactly("\"o,\"\"1\"\"\n!\",2,9.99", "5\" tall,\"\",");
    }

    @Test
    void mayBeQuotedAndSpacedAndMarked() {
        assertThat(records("\uFEFF\"price\", \"qty\" ,id\r\n9.99,2,o1\r\n")).containsExactly("o1,2,9.99");
    }

    @Test
    void sendsARecordOfAnotherWidthOnUnchanged() {
        assertThat(records("price,qty,id\n9.99,2\n9.99,2,o1,x\n")).containsExactly("9.99,2", "9.99,2,o1,x");
    }

    @Test
    void neverLetsAShortRecordPassForOneOfTheSchemasWidth() {
        assertThat(records("price,qty,id,note\n9.99,2,o1\n")).containsExactly("9.99,2,o1,");
    }

    @Test
    void sendsBrokenQuotesOnForQuarantine() {
        assertThat(records("price,qty,id\n\"9\"9,2,o1\n1,2,o2\n")).containsExactly("\"9\"9,2,o1,", "o2,2,1");
    }

    @Test
    void withoutAColumnStopsAndTakesNothingIn() {
        var place = Place.of(root, Place.CSV);
        place.bring("a.csv", "id,qty,price\no1,1,1\n");
        var file = place.bring("b.csv", "id,quantity,price\no1,1,1\n");
        var drop = place.drop();

        assertThatThrownBy(() -> drop.takeIn(2))
                .isInstanceOf(FilesException.class)
                .hasMessageStartingWith("Cannot read " + file + ": its header has no column 'qty', it has id, quantity,"
                        + " price; write the column, or take the field out of the schema; ");
        assertThat(place.inventory().entries()).isEmpty();
    }

    @Test
    void withAColumnTwiceIsRefused() {
        assertThatThrownBy(() -> records("id,qty,qty,price\n"))
                .hasMessageContaining("its header has the column 'qty' twice, it has id, qty, qty, price");
    }

    @Test
    void isARecordLikeAnyOtherWhereTheFormatHasNone() {
        var place = Place.of(root, new RecordForm(Format.Kind.CSV, false, ';', List.of("a", "b")));
        place.bring("a.csv", "b;a\n1;2\n");

        assertThat(place.records()).containsExactly("b;a", "1;2");
    }
}
