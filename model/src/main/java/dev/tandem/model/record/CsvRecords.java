package dev.tandem.model.record;

import dev.tandem.model.Schema;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One CSV record as RFC 4180 has it: a cell for each field, in the schema's order. An empty cell has no value; the quoted empty
 * cell of a STRING is the empty text. Between quotes everything is text, line breaks of any kind too; one line break may end the
 * record.
 */
final class CsvRecords implements RecordParser.Notation {
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    private final List<Schema.Field> fields;
    private final char delimiter;
    private final List<TextValues> texts;

    private String record = "";
    private int at;
    private boolean quoted;

    CsvRecords(Schema schema, char delimiter, TextValues texts) {
        fields = schema.fields();
        this.delimiter = delimiter;
        this.texts =
                fields.stream().map(field -> texts.reading(field.conversion())).toList();
    }

    @Override
    public @Nullable Object[] values(byte[] bytes) throws MalformedRecordException {
        record = text(bytes);
        at = 0;
        var values = new @Nullable Object[fields.size()];
        int count = 0;
        while (true) {
            var cell = cell(count);
            if (count < values.length) {
                values[count] = value(cell, count);
            }
            count++;
            if (at == record.length() || record.charAt(at) != delimiter) {
                break;
            }
            at++;
        }
        requireEnd();
        if (count != values.length) {
            throw new MalformedRecordException("the record has %d cell%s, the schema has %d field%s"
                    .formatted(count, count == 1 ? "" : "s", values.length, values.length == 1 ? "" : "s"));
        }
        return values;
    }

    private String text(byte[] bytes) throws MalformedRecordException {
        try {
            return utf8.decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedRecordException("the record is not UTF-8 text");
        }
    }

    /** The text of the cell that begins here; leaves {@code at} behind it. */
    private String cell(int number) throws MalformedRecordException {
        quoted = at < record.length() && record.charAt(at) == '"';
        if (quoted) {
            return quotedCell(number);
        }
        int start = at;
        while (at < record.length()) {
            char letter = record.charAt(at);
            if (letter == delimiter || letter == '\n' || letter == '\r') {
                break;
            }
            if (letter == '"') {
                throw new MalformedRecordException(
                        "a quote stands inside cell %d, which does not begin with one".formatted(number + 1));
            }
            at++;
        }
        return record.substring(start, at);
    }

    private String quotedCell(int number) throws MalformedRecordException {
        int start = at + 1;
        int end = record.indexOf('"', start);
        StringBuilder joined = null;
        while (end >= 0 && end + 1 < record.length() && record.charAt(end + 1) == '"') {
            joined = joined == null ? new StringBuilder() : joined;
            joined.append(record, start, end + 1);
            start = end + 2;
            end = record.indexOf('"', start);
        }
        if (end < 0) {
            throw new MalformedRecordException("the quote that begins cell %d is not closed".formatted(number + 1));
        }
        at = end + 1;
        char next = at < record.length() ? record.charAt(at) : delimiter;
        if (next != delimiter && next != '\n' && next != '\r') {
            throw new MalformedRecordException("something follows the closing quote of cell %d".formatted(number + 1));
        }
        return joined == null
                ? record.substring(start, end)
                : joined.append(record, start, end).toString();
    }

    private void requireEnd() throws MalformedRecordException {
        int left = record.length() - at;
        boolean oneBreak = left == 0 || left == 1 || (left == 2 && record.startsWith("\r\n", at));
        if (!oneBreak) {
            throw new MalformedRecordException("a line break outside quotes ends the record before its end");
        }
    }

    private @Nullable Object value(String cell, int position) throws MalformedRecordException {
        var field = fields.get(position);
        var type = field.type();
        if (cell.isEmpty() && !(quoted && type.isText())) {
            return null;
        }
        if (cell.length() > TextValues.LONGEST_TEXT) {
            throw new MalformedRecordException(
                    "the field '%s' is longer than %d letters".formatted(field.name(), TextValues.LONGEST_TEXT));
        }
        return texts.get(position).read(cell, type, field.name());
    }
}
