package dev.tandem.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.fold.Shape;
import dev.tandem.model.FieldType;
import dev.tandem.model.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayoutTest {
    private static Shape statsMeasuring(String measure) {
        var column = new Shape.Column(measure, FieldType.LONG);
        return new Shape("stats", new Window.Global(), List.of(), List.of(column));
    }

    @Test
    void refusesAMeasureNamedLikeAColumnOfTandem() {
        assertThatThrownBy(() -> Layout.of(Sample.PIPELINE, List.of(statsMeasuring("Revision"))))
                .isInstanceOf(StoreException.class)
                .hasMessage(
                        "Cannot make table 'stream_stats': two of its columns are named 'revision'; rename the key, measure or field of that name");
    }

    @Test
    void refusesANameThatCouldEndItsQuotes() {
        assertThatThrownBy(() -> Layout.of(Sample.PIPELINE, List.of(statsMeasuring("a`; drop table b"))))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("Cannot name a column 'a`; drop table b': only letters");
    }

    @Test
    void refusesAColumnOfLists() {
        var lists = new FieldType.ListOf(FieldType.TEXT);
        var shape = new Shape("stats", new Window.Global(), List.of(new Shape.Column("tags", lists)), List.of());
        var layout = Layout.of(Sample.PIPELINE, List.of(shape));
        assertThatThrownBy(() -> Ddl.text(DatabaseKind.MYSQL, layout))
                .hasMessage(
                        "Cannot make a column of ARRAY<STRING>: not every database has lists; leave the field out of the key or explode it");
    }

    @Test
    void namesTheIndexesOfLongTablesShortAndApart() {
        var one = StoredTable.nameOfIndex("a".repeat(62) + "1", 0);
        assertThat(one).hasSizeLessThan(64).isNotEqualTo(StoredTable.nameOfIndex("a".repeat(62) + "2", 0));
    }
}
