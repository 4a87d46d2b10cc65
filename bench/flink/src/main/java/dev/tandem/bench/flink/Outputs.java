package dev.tandem.bench.flink;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.flink.api.common.serialization.Encoder;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.jdbc.JdbcConnectionOptions;
import org.apache.flink.connector.jdbc.JdbcExecutionOptions;
import org.apache.flink.connector.jdbc.JdbcStatementBuilder;
import org.apache.flink.connector.jdbc.core.datastream.sink.JdbcSink;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Where messages and rows go: files, the database and a topic, each with Flink's own connector. */
record Outputs(FlinkSetting setting) {
    static final String TOPIC = "flink_results";
    private static final int ROWS_PER_BATCH = 1_000;
    private static final long BATCH_MILLIS = 200;
    private static final JsonFactory JSON = new JsonFactory();

    /** Every message as it came, behind its coordinates; a file becomes final with the checkpoint. */
    Sink<Arrived> raw() {
        return files("raw", (message, out) -> {
            out.write("%d %d %d "
                    .formatted(message.partition(), message.position(), message.arrivedMillis())
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(message.value());
            out.write('\n');
        });
    }

    Sink<Refused> refused() {
        return files(
                "refused",
                (refused, out) -> out.write("%d %d %s\n"
                        .formatted(refused.partition(), refused.position(), refused.rule())
                        .getBytes(StandardCharsets.UTF_8)));
    }

    private <T> Sink<T> files(String name, Encoder<T> encoder) {
        Path folder = setting.folder().resolve(name);
        return FileSink.forRowFormat(new org.apache.flink.core.fs.Path(folder.toUri()), encoder)
                .withRollingPolicy(OnCheckpointRollingPolicy.build())
                .build();
    }

    Sink<StatsRow> statsTable() {
        return table(FlinkTables.STATS, (statement, row) -> FlinkTables.fill(statement, row));
    }

    Sink<TotalsRow> totalsTable() {
        return table(FlinkTables.TOTALS, (statement, row) -> FlinkTables.fill(statement, row));
    }

    Sink<TopRow> topTable() {
        return table(FlinkTables.TOP, (statement, row) -> FlinkTables.fill(statement, row));
    }

    private <T> Sink<T> table(FlinkTables.Table table, JdbcStatementBuilder<T> fill) {
        var batches = JdbcExecutionOptions.builder()
                .withBatchSize(ROWS_PER_BATCH)
                .withBatchIntervalMs(BATCH_MILLIS)
                .withMaxRetries(3)
                .build();
        var connection = new JdbcConnectionOptions.JdbcConnectionOptionsBuilder()
                .withUrl(setting.jdbcUrl())
                .withDriverName("org.mariadb.jdbc.Driver")
                .withUsername(setting.user())
                .withPassword(setting.password())
                .build();
        return JdbcSink.<T>builder()
                .withQueryStatement(table.upsert(), fill)
                .withExecutionOptions(batches)
                .buildAtLeastOnce(connection);
    }

    /** The changed rows of the tags, as JSON. */
    Sink<StatsRow> topic() {
        return KafkaSink.<StatsRow>builder()
                .setBootstrapServers(setting.bootstrap())
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer((row, context, timestamp) ->
                        new ProducerRecord<>(TOPIC, row.tag().getBytes(StandardCharsets.UTF_8), json(row)))
                .build();
    }

    private static byte[] json(StatsRow row) {
        var bytes = new ByteArrayOutputStream();
        try (var json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("window_start", row.start());
            json.writeNumberField("window_end", row.end());
            json.writeStringField("hashtag", row.tag());
            json.writeNumberField("tweets", row.tweets());
            json.writeNumberField("mentions", row.mentions());
            if (row.likes().count() > 0) {
                json.writeNumberField("avg_likes", row.likes().value().orElseThrow());
            }
            if (row.retweets().count() > 0) {
                json.writeNumberField("avg_retweets", row.retweets().value().orElseThrow());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
