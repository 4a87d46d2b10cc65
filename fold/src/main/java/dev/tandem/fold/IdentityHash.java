package dev.tandem.fold;

import dev.tandem.fold.block.BlockWriter;
import dev.tandem.model.Floats;
import dev.tandem.model.Instants;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Computes identities value by value: the only place that knows the canonical bytes of a value. One instance serves many records
 * of one thread and allocates nothing for a key of texts and whole numbers. Call {@link #begin}, then one method for each value in
 * order, then {@link #finish}.
 */
public final class IdentityHash {
    private static final int HASH_BYTES = 32;

    private final BlockWriter canonical = new BlockWriter(64);
    private final byte[] hash = new byte[HASH_BYTES];
    private final MessageDigest digest;
    private long high;
    private long low;

    public IdentityHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    public void begin() {
        canonical.truncate(0);
    }

    public void nothing() {
        canonical.writeByte(0);
    }

    /** A text given as UTF-8. */
    public void text(byte[] from, int offset, int length) {
        canonical.writeByte('s');
        canonical.writeBytes(from, offset, length);
    }

    public void text(String text) {
        canonical.writeByte('s');
        canonical.writeText(text);
    }

    public void whole(long value) {
        canonical.writeByte('n');
        canonical.writeLong(value);
    }

    public void floating(double value) {
        text(Double.toString(Floats.normal(value)));
    }

    /** 1.0 and 1.00 are the same decimal. */
    public void decimal(BigDecimal value) {
        text(value.stripTrailingZeros().toPlainString());
    }

    public void truth(boolean value) {
        text(Boolean.toString(value));
    }

    public void timestamp(long micros) {
        canonical.writeByte('t');
        canonical.writeLong(micros);
    }

    public void date(LocalDate date) {
        text(date.toString());
    }

    /** Begins a list of {@code count} values, which follow. */
    public void list(int count) {
        canonical.writeByte('l');
        canonical.writeInt(count);
    }

    /** A value as expressions give it. */
    public void value(@Nullable Object value) {
        if (value == null) {
            nothing();
        } else if (value instanceof Double number) {
            floating(number);
        } else if (value instanceof BigDecimal decimal) {
            decimal(decimal);
        } else if (value instanceof Number number) {
            whole(number.longValue());
        } else if (value instanceof Boolean truth) {
            truth(truth);
        } else if (value instanceof Instant instant) {
            timestamp(Instants.micros(instant));
        } else if (value instanceof LocalDate date) {
            date(date);
        } else if (value instanceof List<?> list) {
            list(list.size());
            list.forEach(this::value);
        } else {
            text(value.toString());
        }
    }

    /** Ends the values; {@link #high} and {@link #low} have the identity from now on. */
    public void finish() {
        try {
            digest.update(canonical.array(), 0, canonical.size());
            digest.digest(hash, 0, HASH_BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-256 has %d bytes".formatted(HASH_BYTES), e);
        }
        var buffer = ByteBuffer.wrap(hash);
        high = buffer.getLong();
        low = buffer.getLong();
    }

    public long high() {
        return high;
    }

    public long low() {
        return low;
    }
}
