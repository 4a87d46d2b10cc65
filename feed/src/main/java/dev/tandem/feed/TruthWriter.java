package dev.tandem.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes the truth about a feed: one JSON object per line and record, in sending order. Because the order is kept, a file that ends
 * early (the sender was killed) still speaks for all: what it lists is known, and every later number is unknown. One thread writes.
 */
public final class TruthWriter implements AutoCloseable {

    private static final JsonFactory JSON = new JsonFactory();

    private final Path file;
    private final JsonGenerator lines;

    public TruthWriter(Path file) {
        this.file = file;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            lines = JSON.createGenerator(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16));
        } catch (IOException e) {
            throw failure(e);
        }
        lines.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
    }

    public void write(FeedRecord sent, Delivery delivery) {
        try {
            lines.writeStartObject();
            lines.writeNumberField("number", sent.number());
            lines.writeNumberField("event", sent.event());
            lines.writeStringField("fault", sent.fault().code());
            if (sent.faults().size() > 1) {
                lines.writeArrayFieldStart("also");
                for (var other : sent.faults().subList(1, sent.faults().size())) {
                    lines.writeString(other.code());
                }
                lines.writeEndArray();
            }
            if (sent.id().isPresent()) {
                lines.writeStringField("id", sent.id().get());
            }
            if (sent.eventTime().isPresent()) {
                lines.writeStringField(
                        "event_time", IsoTime.millis(sent.eventTime().get()));
                lines.writeNumberField("delay_ms", sent.delay().orElseThrow().toMillis());
            }
            write(delivery);
            lines.writeEndObject();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Puts on disk what was written so far. */
    public void flush() {
        try {
            lines.flush();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public void close() {
        try {
            if (!lines.isClosed()) {
                lines.writeRaw('\n');
            }
            lines.close();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private void write(Delivery delivery) throws IOException {
        lines.writeStringField("status", delivery.status());
        var position = delivery.position();
        if (position.isPresent()) {
            lines.writeStringField("topic", position.get().topic());
            lines.writeNumberField("partition", position.get().partition());
            lines.writeNumberField("offset", position.get().offset());
        }
        if (delivery instanceof Delivery.InFile place) {
            lines.writeStringField("file", place.file());
            lines.writeNumberField("line", place.line());
        }
    }

    private FeedException failure(IOException e) {
        return new FeedException(
                "Cannot write truth file %s: %s; free the place or name another file".formatted(file, e), e);
    }
}
