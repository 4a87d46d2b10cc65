package dev.tandem.model.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.tandem.model.FieldOrigin;
import dev.tandem.model.FieldOrigin.Beside;
import dev.tandem.model.Format;
import dev.tandem.model.PathStep;
import dev.tandem.model.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a definition reads beside the value of a record, in front of the value: one line of JSON with texts, such as
 * <code>{"key":"ann","header":{"tenant":"7"}}</code>, and then the value as it arrived. Records are landed in this form where a
 * definition has such fields, and only there, so that stream, batch and comparison read the same bytes. What has no value is left
 * out. A text that is not UTF-8 is written as <code>{"not UTF-8":"/w=="}</code>, in Base64, which no field accepts as a text.
 *
 * @param parts in the order in which they are written, headers last
 */
public record Envelope(List<Beside> parts) implements Serializable {
    /** For definitions that read values only: records stay as they are. */
    public static final Envelope NONE = new Envelope(List.of());

    private static final String NOT_UTF_8 = "not UTF-8";
    private static final JsonFactory JSON = new JsonFactory();

    public Envelope {
        parts = List.copyOf(parts);
    }

    /** What {@code schema} reads beside the value. */
    public static Envelope of(Schema schema) {
        var parts = schema.besideRecord().fields().stream()
                .map(field -> (Beside) field.origin())
                .distinct()
                .sorted(Comparator.comparing(Envelope::isHeader)
                        .thenComparing(Beside::part)
                        .thenComparing(Beside::name))
                .toList();
        return new Envelope(parts);
    }

    private static boolean isHeader(Beside part) {
        return part.part() == Beside.Part.HEADER;
    }

    public boolean isEmpty() {
        return parts.isEmpty();
    }

    /** As a definition writes the parts. */
    public String told() {
        return String.join(", ", parts.stream().map(FieldOrigin::sql).toList());
    }

    /** The fields of the envelope of {@code schema}, as fields of its line of JSON. */
    static Schema columns(Schema schema) {
        return new Schema(schema.besideRecord().fields().stream()
                .map(field -> new Schema.Field(
                        field.name(),
                        field.type(),
                        field.required(),
                        new FieldOrigin.Path(field.origin().path()),
                        conversion(field)))
                .toList());
    }

    private static Schema.Conversion conversion(Schema.Field field) {
        return field.origin() instanceof Beside beside && beside.part() == Beside.Part.TIMESTAMP
                ? Schema.Conversion.EPOCH_MILLIS
                : field.conversion();
    }

    /** How texts in the envelope of records of {@code format} are read. */
    static Format notation(Format format) {
        return new Format(Format.Kind.JSON, false, ',', format.zone(), format.timestamp());
    }

    /** Puts {@code value} behind what {@code content} knows of each part; without parts it stays as it is. */
    public byte[] around(byte[] value, Function<Beside, Optional<byte[]>> content) {
        if (isEmpty()) {
            return value;
        }
        var out = new ByteArrayOutputStream(64 + value.length);
        out.write('{');
        boolean inHeaders = false;
        char before = '{';
        for (var part : parts) {
            var text = content.apply(part);
            if (text.isEmpty()) {
                continue;
            }
            if (before == ',') {
                out.write(',');
            }
            if (isHeader(part) && !inHeaders) {
                write(part.path().get(0), out);
                out.write('{');
                inHeaders = true;
            }
            write(part.path().get(part.path().size() - 1), out);
            write(text.get(), out);
            before = ',';
        }
        out.writeBytes(inHeaders ? new byte[] {'}', '}', '\n'} : new byte[] {'}', '\n'});
        out.writeBytes(value);
        return out.toByteArray();
    }

    private static void write(PathStep step, ByteArrayOutputStream out) {
        write(((PathStep.Member) step).name().getBytes(StandardCharsets.UTF_8), out);
        out.write(':');
    }

    private static void write(byte[] text, ByteArrayOutputStream out) {
        if (!Utf8.valid(text)) {
            out.writeBytes("{\"%s\":\"%s\"}"
                    .formatted(NOT_UTF_8, Base64.getEncoder().encodeToString(text))
                    .getBytes(StandardCharsets.US_ASCII));
            return;
        }
        out.write('"');
        out.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(new String(text, StandardCharsets.UTF_8)));
        out.write('"');
    }

    /** The index of the line break behind the envelope; negative if there is none. */
    static int end(byte[] record) {
        for (int at = 0; at < record.length; at++) {
            if (record[at] == '\n') {
                return at;
            }
        }
        return -1;
    }

    /** The value of an enveloped record. */
    static byte[] value(byte[] record) {
        return Arrays.copyOfRange(record, end(record) + 1, record.length);
    }

    /**
     * A record taken out of its envelope.
     *
     * @param key empty where the record has none
     */
    @SuppressWarnings("ArrayRecordComponent") // the bytes go on as they are and are never compared
    public record Opened(byte[] value, Optional<byte[]> key, Map<String, byte[]> headers) {}

    /** Takes a landed record out of its envelope, if there is one. */
    public Opened open(byte[] record) {
        if (isEmpty()) {
            return new Opened(record, Optional.empty(), Map.of());
        }
        var headers = new LinkedHashMap<String, byte[]>();
        var keys = new ArrayList<byte[]>();
        try (var parser = JSON.createParser(record, 0, Math.max(0, end(record)))) {
            parser.nextToken();
            members(parser, name -> {
                switch (name) {
                    case "key" -> keys.add(text(parser));
                    case "header" -> members(parser, header -> headers.put(header, text(parser)));
                    default -> parser.skipChildren();
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the envelope of a landed record: it was landed without one", e);
        }
        return new Opened(value(record), keys.stream().findFirst(), headers);
    }

    /** Reads the value of a member, on which the parser stands. */
    private interface Member {
        void read(String name) throws IOException;
    }

    /** The members of the object that has just begun, up to its end. */
    private static void members(JsonParser parser, Member member) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            parser.nextToken();
            member.read(name);
        }
    }

    /** The text on which the parser stands, or the one that an object has in Base64. */
    private static byte[] text(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return parser.getText().getBytes(StandardCharsets.UTF_8);
        }
        var bytes = new ByteArrayOutputStream();
        members(parser, name -> bytes.writeBytes(Base64.getDecoder().decode(parser.getText())));
        return bytes.toByteArray();
    }
}
