package dev.tandem.fold;

import dev.tandem.model.Floats;
import dev.tandem.model.Instants;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first 128 bits of SHA-256 over the canonical bytes of some values: equal values give equal identities on every database,
 * whatever its collation thinks of case, accents, trailing blanks or NULL. SHA-256 and not a faster hash, because the values come
 * from strangers, who could make two keys collide.
 */
public record Identity(long high, long low) implements Serializable {
    /** The identity of {@code values}; null is a value of its own, 1.0 and 1.00 are the same decimal, 0.0 and -0.0 the same number. */
    public static Identity of(List<? extends @Nullable Object> values) {
        try {
            var hash = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(canonical(values)));
            return new Identity(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    public static Identity ofBytes(byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes);
        return new Identity(buffer.getLong(), buffer.getLong());
    }

    /** 16 bytes, as the databases store it. */
    public byte[] bytes() {
        return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    }

    private static byte[] canonical(List<? extends @Nullable Object> values) {
        var bytes = new ByteArrayOutputStream(64);
        try (var out = new DataOutputStream(bytes)) {
            for (var value : values) {
                write(value, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(@Nullable Object value, DataOutputStream out) throws IOException {
        if (value == null) {
            out.writeByte(0);
        } else if (value instanceof Number number && !(number instanceof BigDecimal || number instanceof Double)) {
            out.writeByte('n');
            out.writeLong(number.longValue());
        } else if (value instanceof List<?> list) {
            out.writeByte('l');
            out.writeInt(list.size());
            for (var element : list) {
                write(element, out);
            }
        } else if (value instanceof Instant instant) {
            out.writeByte('t');
            out.writeLong(Instants.micros(instant));
        } else {
            out.writeByte('s');
            var encoded = text(value).getBytes(StandardCharsets.UTF_8);
            out.writeInt(encoded.length);
            out.write(encoded);
        }
    }

    private static String text(Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.stripTrailingZeros().toPlainString();
        }
        return value instanceof Double number ? Double.toString(Floats.normal(number)) : value.toString();
    }
}
