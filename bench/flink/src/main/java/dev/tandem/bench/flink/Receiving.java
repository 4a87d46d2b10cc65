package dev.tandem.bench.flink;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes messages from the topic as they are, with their coordinates. */
final class Receiving implements KafkaRecordDeserializationSchema<Arrived> {
    private static final long serialVersionUID = 1;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> message, Collector<Arrived> out) {
        out.collect(new Arrived(message.partition(), message.offset(), message.timestamp(), message.value()));
    }

    @Override
    public TypeInformation<Arrived> getProducedType() {
        return TypeInformation.of(Arrived.class);
    }
}
