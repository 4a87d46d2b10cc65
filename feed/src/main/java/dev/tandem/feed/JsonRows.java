package dev.tandem.feed;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** JSON lines that pass byte by byte; id and time are looked up where the form names them. */
record JsonRows(RecordedForm form) implements RowFormat<byte[]> {

    private static final ObjectReader JSON = new ObjectMapper()
            .reader()
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .forType(JsonNode.class);

    @Override
    public Stream<byte[]> rows(InputStream file) {
        var lines = Spliterators.spliteratorUnknownSize(new ByteLines(file), Spliterator.ORDERED);
        return StreamSupport.stream(lines, false);
    }

    @Override
    public Read read(byte[] row) {
        if (form.id().isEmpty() && form.time().isEmpty()) {
            return Read.raw(row);
        }
        try {
            JsonNode json = JSON.readValue(row);
            return new Read(
                    Read.id(form.id(), field -> text(json, field)),
                    form.time().flatMap(field -> text(json, field)).flatMap(WrittenTime::read),
                    row);
        } catch (IOException e) {
            return Read.raw(row);
        }
    }

    private static Optional<String> text(JsonNode json, String field) {
        return Optional.of(json.path(field))
                .filter(value -> value.isValueNode() && !value.isNull())
                .map(JsonNode::asText);
    }
}
