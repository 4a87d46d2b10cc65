package dev.tandem.sink;

import static dev.tandem.sink.Given.BY_MINUTE;
import static dev.tandem.sink.Given.ORDERS;
import static dev.tandem.sink.Given.TOTALS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.fold.Identity;
import dev.tandem.fold.Shape;
import dev.tandem.model.FieldType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class TopicMessagesTest {
    private static String text(ProducerRecord<String, byte[]> message) {
        return new String(message.value(), StandardCharsets.UTF_8);
    }

    private static ProducerRecord<String, byte[]> message(Content content, Optional<String> key, Tuple tuple) {
        return new TopicMessages("topic", content, key).message(12, tuple);
    }

    @Test
    void ofAViewHaveColumnsStatusRevisionAndEvents() {
        var tuple = Given.minute(0, 5, Tuple.State.FINAL);
        var message = message(BY_MINUTE, Optional.empty(), tuple);
        var key = HexFormat.of().formatHex(tuple.key().bytes());
        assertThat(text(message))
                .isEqualTo(
                        "{\"window_start\":\"2026-01-05T12:00:00Z\",\"window_end\":\"2026-01-05T12:01:00Z\",\"trades\":5,\"status\":\"closed\",\"revision\":1,\"events\":5}");
        assertThat(message.key()).isEqualTo(key);
        assertThat(message.headers().lastHeader("tandem-id").value())
                .asString(StandardCharsets.US_ASCII)
                .isEqualTo(key + "-12");
    }

    @Test
    void tellThatARowIsGone() {
        assertThat(text(message(TOTALS, Optional.empty(), Given.noTotal("p1"))))
                .isEqualTo("{\"product_id\":\"p1\",\"orders\":null,\"status\":\"gone\",\"revision\":0,\"events\":0}");
    }

    @Test
    void S3_08_ofRecordsAreTheirFieldsKeyedByOneOfThem() {
        var message = message(ORDERS, Optional.of("order_id"), Given.order(7, Given.DAY));
        assertThat(text(message)).isEqualTo("{\"order_id\":\"o7\",\"quantity\":7,\"order_date\":\"2026-01-01\"}");
        assertThat(message.key()).isEqualTo("o7");
    }

    @Test
    void writeDecimalsPlainAndListsAsLists() {
        var content = new Content(
                "odd",
                Content.Kind.RECORDS,
                List.of(
                        new Shape.Column("d", new FieldType.Decimal(20, 0)),
                        new Shape.Column("l", new FieldType.ListOf(FieldType.TEXT))),
                0);
        var values = Arrays.asList(new BigDecimal("1E+3"), Arrays.asList("a", null));
        var tuple = new Tuple(Identity.of(List.of()), values, Tuple.State.FINAL, 1, 1);
        assertThat(text(message(content, Optional.empty(), tuple))).isEqualTo("{\"d\":1000,\"l\":[\"a\",null]}");
    }

    @Test
    void keyedByWhatIsNoColumnAreRefused() {
        assertThatThrownBy(() -> new TopicMessages("topic", ORDERS, Optional.of("id")))
                .isInstanceOf(SinkException.class)
                .hasMessage(
                        "Cannot key messages of 'orders' by 'id': it is no column; use one of [order_id, quantity, order_date]");
    }
}
