package dev.tandem.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.fold.Shape;
import dev.tandem.model.FieldType;
import dev.tandem.model.Mode;
import dev.tandem.model.Output;
import dev.tandem.model.Output.What;
import dev.tandem.model.OwnColumns;
import dev.tandem.model.Window;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LayoutTest {
    private static Shape statsMeasuring(String measure) {
        var column = new Shape.Column(measure, FieldType.LONG);
        return new Shape("stats", new Window.Global(), List.of(), List.of(column));
    }

    private static Layout layout(Shape shape) {
        return Layout.of(Sample.PIPELINE, List.of(shape), Sample.FIELDS);
    }

    /** The layout of the sample's pipeline with one more table of records. */
    private static Layout layout(What.Records what, String table, String... key) {
        var output = new Output.Table(what, table, "mysql", List.of(key), Optional.of(Mode.STREAM));
        return Layout.of(Sample.withOutputs(Sample.PIPELINE, List.of(output)), List.of(Sample.STATS), Sample.FIELDS);
    }

    @Test
    void refusesAMeasureNamedLikeAColumnOfTandem() {
        assertThatThrownBy(() -> layout(statsMeasuring("Revision")))
                .isInstanceOf(StoreException.class)
                .hasMessage(
                        "Cannot make table 'stream_stats': two of its columns are named 'revision'; rename the key, measure or field of that name");
    }

    /** The reading of definitions refuses these names, so it has to know all of them. */
    @Test
    void hasNoColumnOfItsOwnThatTheReadingOfDefinitionsDoesNotKnow() {
        var view = ResultTable.of(Mode.STREAM, statsMeasuring("n"), "v").table();
        assertThat(view.names()).containsExactlyInAnyOrderElementsOf(with("n", OwnColumns.OF_VIEW_TABLE));
        var output = new Output.Table(Sample.EVENTS, "r", "mysql", List.of("id"), Optional.empty());
        var id = new Shape.Column("id", FieldType.TEXT);
        assertThat(RecordTable.of(Mode.STREAM, Sample.EVENTS, output, List.of(id))
                        .table()
                        .names())
                .containsExactlyInAnyOrderElementsOf(with("id", OwnColumns.OF_RECORD_TABLE));
        var key = Sample.PIPELINE.source().landing().key();
        assertThat(layout(statsMeasuring("n")).landing().orElseThrow().names())
                .containsAll(key)
                .containsAll(OwnColumns.OF_LANDING_TABLE)
                .hasSize(key.size() + OwnColumns.OF_LANDING_TABLE.size());
    }

    private static List<String> with(String name, List<String> own) {
        return Stream.concat(Stream.of(name), own.stream()).toList();
    }

    @Test
    void refusesANameThatCouldEndItsQuotes() {
        assertThatThrownBy(() -> layout(statsMeasuring("a`; drop table b")))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("Cannot name a column 'a`; drop table b': only letters");
    }

    @Test
    void refusesAColumnOfLists() {
        var lists = new FieldType.ListOf(FieldType.TEXT);
        var shape = new Shape("stats", new Window.Global(), List.of(new Shape.Column("tags", lists)), List.of());
        var layout = layout(shape);
        assertThatThrownBy(() -> Ddl.text(DatabaseKind.MYSQL, layout))
                .hasMessage(
                        "Cannot make a column of ARRAY<STRING>: not every database has lists; leave the field out of the key or explode it");
    }

    @Test
    void namesTheIndexesOfLongTablesShortAndApart() {
        var one = StoredTable.nameOfIndex("a".repeat(62) + "1", 0);
        assertThat(one).hasSizeLessThan(64).isNotEqualTo(StoredTable.nameOfIndex("a".repeat(62) + "2", 0));
    }

    @Test
    void refusesOneTableForTwoThings() {
        assertThatThrownBy(() -> layout(Sample.EVENTS, "Stream_Stats", "id"))
                .isInstanceOf(StoreException.class)
                .hasMessage(
                        "Cannot use the table 'Stream_Stats' of 'tweets' for two things; give one of them another name, put ${mode} into it, or limit the output to one mode");
        assertThatThrownBy(() -> layout(Sample.EVENTS, "tandem_ledger", "id")).isInstanceOf(StoreException.class);
    }

    @Test
    void refusesRecordsThatNothingTellsApart() {
        assertThatThrownBy(() -> layout(Sample.EVENTS, "raw_events"))
                .hasMessage(
                        "Cannot keep records in the table 'raw_events': nothing says which of them are the same; name the fields of its key");
        assertThatThrownBy(() -> layout(Sample.EVENTS, "raw_events", "event_id"))
                .hasMessage(
                        "Cannot tell the records of the table 'raw_events' apart by 'event_id': they have no such field; use one of [id, quantity, price, ratio, timestamp, day, ok, tags]");
    }

    @Test
    void refusesATableOfTheQuarantine() {
        assertThatThrownBy(() -> layout(new What.Records(What.Kind.QUARANTINE, "quarantine"), "refused", "id"))
                .hasMessage(
                        "Cannot write the quarantine into the table 'refused': refused records have no fields; read them in tandem_quarantine, or give the output a folder");
    }

    @Test
    void hasTheTablesOfItsModesAndDatabaseOnly() {
        assertThat(Sample.LAYOUT.tables())
                .extracting(StoredTable::name)
                .endsWith("stream_events", "batch_events", "cancelled");
        assertThat(Sample.LAYOUT.written(Mode.BATCH)).containsExactly(Sample.EVENTS);
        assertThat(Sample.ELSEWHERE.tables())
                .extracting(StoredTable::name)
                .containsExactly(
                        "tandem_schema",
                        "tandem_epoch",
                        "tandem_applied",
                        "tandem_owner",
                        "reported_stats",
                        "reported_events");
        assertThat(Sample.ELSEWHERE.hasLedger()).isFalse();
    }

    @Test
    void doesNotGiveALedgerToAnotherDatabase() {
        assertThatThrownBy(Sample.ELSEWHERE::landingTable)
                .hasMessage(
                        "Cannot use this database for the ledger of 'tweets': the source lands in another one; use that");
    }
}
