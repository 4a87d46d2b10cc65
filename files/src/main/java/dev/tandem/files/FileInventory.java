package dev.tandem.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import dev.tandem.model.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An inventory as a file of JSON lines, one for each file taken in, for a run without a database. A line counts when its line end
 * is on the disk: what a crash left half written is written over by the next. Several processes may read it, and only one at a
 * time adds.
 */
public final class FileInventory implements Inventory {
    private static final int LINE_END = '\n';

    private final Path file;
    private final JsonFactory json = new JsonFactory();
    private final MemoryInventory known = new MemoryInventory();
    /** How many bytes of the file {@link #known} has. */
    private long length;

    public FileInventory(Path file) {
        this.file = file;
    }

    @Override
    public synchronized List<Entry> entries() {
        if (Files.exists(file)) {
            try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
                readOn(channel);
            } catch (IOException e) {
                throw failed("read", e);
            }
        }
        return known.entries();
    }

    @Override
    public synchronized void add(Entry entry) {
        boolean first = !Files.exists(file);
        try (var channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE)) {
            channel.lock(); // until the channel closes
            readOn(channel);
            known.requireNext(entry);
            append(channel, line(entry));
            if (first) {
                Folders.force(file.toAbsolutePath().getParent());
            }
            known.add(entry);
        } catch (IOException e) {
            throw failed("add %s to".formatted(entry.name()), e);
        }
    }

    private void append(FileChannel channel, byte[] line) throws IOException {
        channel.truncate(length);
        channel.position(length);
        var bytes = ByteBuffer.wrap(line);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(true);
        length += line.length;
    }

    /** Takes up the whole lines that were added since the last time. */
    private void readOn(FileChannel channel) throws IOException {
        if (channel.size() < length) {
            throw new IOException("it is shorter than it was");
        }
        var bytes = ByteBuffer.allocate(Math.toIntExact(channel.size() - length));
        while (bytes.hasRemaining() && channel.read(bytes, length + bytes.position()) >= 0) {
            // until all is there
        }
        var text = bytes.array();
        int start = 0;
        for (int at = 0; at < bytes.position(); at++) {
            if (text[at] == LINE_END) {
                known.add(entry(Arrays.copyOfRange(text, start, at)));
                length += at + 1 - start;
                start = at + 1;
            }
        }
    }

    private byte[] line(Entry entry) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var line = json.createGenerator(bytes)) {
            line.writeStartObject();
            line.writeNumberField("number", entry.number());
            line.writeStringField("name", entry.name());
            line.writeNumberField("bytes", entry.bytes());
            line.writeStringField("sha256", entry.sha256());
            line.writeNumberField("first_position", entry.firstPosition());
            line.writeNumberField("records", entry.records());
            line.writeStringField("arrived", entry.arrived().toString());
            line.writeEndObject();
        }
        bytes.write(LINE_END);
        return bytes.toByteArray();
    }

    private Entry entry(byte[] line) throws IOException {
        Map<String, String> values = new HashMap<>();
        try (var parser = json.createParser(line)) {
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME) {
                    var name = parser.currentName();
                    parser.nextToken();
                    values.put(
                            name, Optional.ofNullable(parser.getValueAsString()).orElse(""));
                }
            }
        }
        try {
            return new Entry(
                    Long.parseLong(value(values, "number")),
                    value(values, "name"),
                    Long.parseLong(value(values, "bytes")),
                    value(values, "sha256"),
                    Long.parseLong(value(values, "first_position")),
                    Long.parseLong(value(values, "records")),
                    Instant.parse(value(values, "arrived")));
        } catch (NumberFormatException | DateTimeParseException e) {
            throw new IOException("a line is damaged: " + Reason.of(e), e);
        }
    }

    private static String value(Map<String, String> values, String name) throws IOException {
        var value = values.get(name);
        if (value == null) {
            throw new IOException("a line has no '%s'".formatted(name));
        }
        return value;
    }

    private FilesException failed(String verb, Exception cause) {
        return new FilesException(
                "Cannot %s the inventory %s: %s; restore it, or remove it to take in every file anew"
                        .formatted(verb, file, Reason.of(cause)),
                cause);
    }
}
