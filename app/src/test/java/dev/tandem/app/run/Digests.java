package dev.tandem.app.run;

import dev.tandem.testkit.oracle.LogRecord;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Where a record stands and a digest of its bytes, as the database can tell both. */
final class Digests {
    private Digests() {}

    static String told(LogRecord record) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(record.value());
            return "%d-%d %s"
                    .formatted(
                            record.partition(),
                            record.position(),
                            HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
