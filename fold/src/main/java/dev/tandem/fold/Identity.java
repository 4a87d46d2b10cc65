package dev.tandem.fold;

import java.io.Serializable;
import java.nio.ByteBuffer;
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
        var hash = new IdentityHash();
        hash.begin();
        values.forEach(hash::value);
        hash.finish();
        return new Identity(hash.high(), hash.low());
    }

    public static Identity ofBytes(byte[] bytes) {
        var buffer = ByteBuffer.wrap(bytes);
        return new Identity(buffer.getLong(), buffer.getLong());
    }

    /** 16 bytes, as the databases store it. */
    public byte[] bytes() {
        return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    }
}
