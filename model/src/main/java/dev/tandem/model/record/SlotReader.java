package dev.tandem.model.record;

import dev.tandem.model.Format;
import dev.tandem.model.Schema;

/**
 * Reads well-formed records fast, straight from their bytes. It is sound, not complete: what it accepts, {@link RecordParser}
 * accepts with equal values; at anything unusual it gives up, and {@link RecordParser} has to decide and to word the refusal. So
 * strictness is defined in one place, and whether this reader gives up can never be seen in a result.
 *
 * <p>The answer is a function of the bytes, the schema and the format; what was read before may only change how long it takes. One
 * reader serves one thread.
 */
public sealed interface SlotReader permits JsonSlots, CsvSlots, EnvelopedSlots, StrictOnly {
    /**
     * Reads {@code record} into {@code slots}, which must have been made for as many fields as the schema has.
     *
     * @return false if the reader gives up; the slots then hold nothing of use
     */
    boolean read(byte[] record, Slots slots);

    /** {@code schema} has the fields beside the value behind those of the value, as {@link Schema#landed} puts them. */
    static SlotReader of(Schema schema, Format format) {
        var beside = Envelope.columns(schema);
        if (!beside.fields().isEmpty()) {
            return new EnvelopedSlots(
                    of(schema.inRecord(), format),
                    beside,
                    Envelope.notation(format),
                    schema.inRecord().fields().size());
        }
        return switch (format.kind()) {
            case JSON -> new JsonSlots(schema, format);
            case CSV -> new CsvSlots(schema, format);
            case AVRO, PROVIDED -> new StrictOnly();
        };
    }
}
