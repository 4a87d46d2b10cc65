package dev.tandem.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Identity;
import dev.tandem.fold.Prepared;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.Shape;
import dev.tandem.model.FieldType;
import dev.tandem.model.Window;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TuplesTest {
    private static final List<Shape.Column> KEYS = List.of(new Shape.Column("product", FieldType.TEXT));
    private static final List<Shape.Column> MEASURES = List.of(new Shape.Column("orders", FieldType.LONG));
    private static final Window.Span SPAN = new Window.Span(Given.NOON, Given.NOON.plusSeconds(60));
    private static final Shape WINDOWED = new Shape("v", new Window.Tumbling(Duration.ofMinutes(1)), KEYS, MEASURES);
    private static final Shape GLOBAL = new Shape("v", new Window.Global(), KEYS, MEASURES);

    private static Prepared record(byte[] raw, Optional<Prepared.Rejection> rejection) {
        return new Prepared(
                new Coordinates(2, 4211),
                1_767_614_400_000L,
                new Prepared.Raw(raw),
                rejection,
                Optional.empty(),
                0,
                Optional.empty(),
                List.of(),
                List.of(),
                Arrays.asList("o1", null),
                List.of());
    }

    @Test
    void aWindowedViewBeginsWithItsBounds() {
        var content = Tuples.ofView(WINDOWED);
        assertThat(content.columns())
                .extracting(Shape.Column::name)
                .containsExactly("window_start", "window_end", "product", "orders");
        assertThat(content.keys()).isEqualTo(3);
        assertThat(content.becomesFinal()).isTrue();
    }

    @Test
    void aViewThatIsNeverCutHasNoBounds() {
        var content = Tuples.ofView(GLOBAL);
        assertThat(content.columns()).extracting(Shape.Column::name).containsExactly("product", "orders");
        assertThat(content.becomesFinal()).isFalse();
        var row = new ResultRow("v", Window.Span.ALL, List.of("p1"), List.of(3L), ResultRow.Status.OPEN, 2, 3);
        assertThat(Tuples.of(row)).isEqualTo(new Tuple(row.rowKey(), List.of("p1", 3L), Tuple.State.OPEN, 2, 3));
    }

    @Test
    void aClosedAndACorrectedRowAreFinal() {
        for (var status : List.of(ResultRow.Status.CLOSED, ResultRow.Status.CORRECTED)) {
            var row = new ResultRow("v", SPAN, List.of("p1"), List.of(3L), status, 2, 3);
            assertThat(Tuples.of(row).state()).isEqualTo(Tuple.State.FINAL);
            assertThat(Tuples.of(row).values()).containsExactly(SPAN.start(), SPAN.end(), "p1", 3L);
        }
    }

    @Test
    void aRowThatIsGoneHasTheKeyOfTheRow() {
        var row = new ResultRow("v", SPAN, List.of("p1"), List.of(3L), ResultRow.Status.OPEN, 1, 3);
        var gone = Tuples.gone(new ResultRow.Id("v", SPAN, List.of("p1")), Tuples.ofView(WINDOWED));
        assertThat(gone.key()).isEqualTo(Tuples.of(row).key());
        assertThat(gone.values()).containsExactly(SPAN.start(), SPAN.end(), "p1", null);
    }

    @Test
    void aRecordIsKnownByWhereItStands() {
        var tuple = Tuples.ofRecord(record(new byte[0], Optional.empty()));
        assertThat(tuple.key()).isEqualTo(Identity.of(List.of(2, 4211L)));
        assertThat(tuple.values()).containsExactly("o1", null);
        assertThat(tuple.state()).isEqualTo(Tuple.State.FINAL);
    }

    @Test
    void aRefusedRecordTellsWhereWhenWhyAndWhat() {
        var raw = "Grüße \u2603".getBytes(StandardCharsets.UTF_8);
        var tuple = Tuples.ofQuarantined(record(raw, Optional.of(new Prepared.Rejection("no_id", "it is null"))));
        assertThat(tuple.values())
                .containsExactly(
                        2L, 4211L, Instant.parse("2026-01-05T12:00:00Z"), "no_id", "it is null", "Grüße \u2603");
        assertThat(Tuples.ofQuarantine().columns()).hasSameSizeAs(tuple.values());
    }

    @Test
    void bytesThatAreNoTextAreShownAsBytes() {
        var raw = new byte[] {'a', (byte) 0xFF, 'b', (byte) 0xE2, (byte) 0x98, 'c', (byte) 0xC3};
        var tuple = Tuples.ofQuarantined(record(raw, Optional.of(new Prepared.Rejection("no_json", ""))));
        assertThat(tuple.values().get(5)).isEqualTo("a\\xFFb\\xE2\\x98c\\xC3");
    }
}
