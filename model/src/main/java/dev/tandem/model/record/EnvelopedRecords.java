package dev.tandem.model.record;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The value of a record, and behind its fields those of the envelope that it was landed in. */
record EnvelopedRecords(RecordParser.Notation head, RecordParser.Notation value) implements RecordParser.Notation {
    @Override
    public @Nullable Object[] values(byte[] record) throws MalformedRecordException {
        int end = Envelope.end(record);
        if (end < 0) {
            throw new MalformedRecordException("the record was landed without an envelope for its key and headers");
        }
        var values = value.values(Envelope.value(record));
        var beside = head.values(Arrays.copyOf(record, end));
        var all = Arrays.copyOf(values, values.length + beside.length);
        System.arraycopy(beside, 0, all, values.length, beside.length);
        return all;
    }
}
