package dev.tandem.feed.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.model.KafkaAddress;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class KafkaCapturedTest {

    @Test
    void sendsTheTextUnderItsProduct() {
        var log = new MockProducer<>(true, null, new StringSerializer(), new StringSerializer());

        try (var captured = new KafkaCaptured(KafkaAddress.plain("nowhere:9092"), "raw_prices", log)) {
            captured.take("BTC-USD", 7, "{\"trade_id\":7}");
            captured.flush();
        }

        assertThat(log.history()).singleElement().satisfies(sent -> {
            assertThat(sent.topic()).isEqualTo("raw_prices");
            assertThat(sent.key()).isEqualTo("BTC-USD");
            assertThat(sent.value()).isEqualTo("{\"trade_id\":7}");
        });
    }

    @Test
    void failsWhereAnAnswerStaysOut() {
        var log = new MockProducer<>(false, null, new StringSerializer(), new StringSerializer());
        var captured = new KafkaCaptured(KafkaAddress.plain("nowhere:9092"), "raw_prices", log);
        captured.take("BTC-USD", 7, "{}");

        log.errorNext(new TimeoutException("120000 ms have passed"));

        assertThatThrownBy(() -> captured.take("BTC-USD", 8, "{}"))
                .hasMessage(
                        "Cannot send captured messages to topic 'raw_prices' at nowhere:9092: 120000 ms have passed;"
                                + " run ./tandem doctor");
    }
}
