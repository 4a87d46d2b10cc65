package dev.tandem.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads what {@link TruthWriter} wrote. A last line that was cut off is left out: its record is one of the unknown. */
public final class TruthFile {

    private static final ObjectMapper JSON = new ObjectMapper();

    private TruthFile() {}

    /** The lines in sending order; close the stream. */
    public static Stream<TruthLine> read(Path file) {
        try {
            var reader = Files.newBufferedReader(file);
            var lines = Spliterators.spliteratorUnknownSize(new Lines(file, reader), Spliterator.ORDERED);
            return StreamSupport.stream(lines, false).onClose(() -> close(reader));
        } catch (IOException e) {
            throw new FeedException(
                    "Cannot read truth file %s: %s; name a file that 'tandem generate' wrote".formatted(file, e), e);
        }
    }

    public static TruthSummary summary(Path file) {
        try (var lines = read(file)) {
            return TruthSummary.of(lines);
        }
    }

    private static void close(BufferedReader reader) {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TruthLine line(JsonNode json) {
        return new TruthLine(
                json.required("number").longValue(),
                json.required("event").longValue(),
                faults(json),
                json.optional("id").map(JsonNode::textValue),
                json.optional("event_time").map(time -> Instant.parse(time.textValue())),
                json.optional("delay_ms").map(delay -> Duration.ofMillis(delay.longValue())),
                delivery(json));
    }

    private static List<Fault> faults(JsonNode json) {
        var faults = new ArrayList<Fault>();
        faults.add(Fault.of(json.required("fault").textValue()));
        json.path("also").forEach(other -> faults.add(Fault.of(other.textValue())));
        faults.remove(Fault.NONE);
        return faults;
    }

    private static Delivery delivery(JsonNode json) {
        var status = json.required("status").textValue();
        return switch (status) {
            case "sent" -> new Delivery.Sent();
            case "acked" -> json.has("file") ? inFile(json) : acked(json);
            case "unknown" -> new Delivery.Unknown();
            case "refused" -> new Delivery.Refused();
            default -> throw new IllegalArgumentException("there is no status '%s'".formatted(status));
        };
    }

    private static Delivery acked(JsonNode json) {
        return new Delivery.Acked(
                json.required("topic").textValue(),
                json.required("partition").intValue(),
                json.required("offset").longValue());
    }

    private static Delivery inFile(JsonNode json) {
        return new Delivery.InFile(
                json.required("file").textValue(), json.required("line").longValue());
    }

    private static final class Lines implements Iterator<TruthLine> {
        private final Path file;
        private final BufferedReader reader;
        private long number;
        private @Nullable String following;

        private Lines(Path file, BufferedReader reader) {
            this.file = file;
            this.reader = reader;
            this.following = readLine();
        }

        @Override
        public boolean hasNext() {
            return following != null && !isCutOff(following);
        }

        @Override
        public TruthLine next() {
            var text = Optional.ofNullable(following).orElseThrow();
            following = readLine();
            number++;
            try {
                return line(JSON.readTree(text));
            } catch (JsonProcessingException | RuntimeException e) {
                throw new FeedException(
                        "Cannot read truth file %s: line %d is not a truth line (%s); write the file again"
                                .formatted(file, number, e.getMessage()),
                        e);
            }
        }

        private static boolean isCutOff(String line) {
            return line.isEmpty() || !line.endsWith("}");
        }

        private @Nullable String readLine() {
            try {
                return reader.readLine();
            } catch (IOException e) {
                throw new FeedException("Cannot read truth file %s: %s; write the file again".formatted(file, e), e);
            }
        }
    }
}
