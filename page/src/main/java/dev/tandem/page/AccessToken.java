package dev.tandem.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The token that a reader must present where other machines can reach the page. Never in {@link #toString}. */
public final class AccessToken {
    private static final int BYTES = 32;

    private final String text;

    private AccessToken(String text) {
        this.text = text;
    }

    /** 256 random bits, in 64 hexadecimal digits. */
    public static AccessToken random(SecureRandom random) {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new AccessToken(HexFormat.of().formatHex(bytes));
    }

    /** A token from a file of the operator's. */
    public static AccessToken of(String text) {
        if (!text.matches("[0-9a-f]{64,}")) {
            throw new IllegalArgumentException(
                    "Cannot use a token of %d characters: it must be 64 hexadecimal digits; make one with 'openssl rand -hex 32'"
                            .formatted(text.length()));
        }
        return new AccessToken(text);
    }

    /** Takes as long for a wrong guess as for a right one. */
    boolean isIn(String authorization) {
        return MessageDigest.isEqual(("Bearer " + text).getBytes(UTF_8), authorization.getBytes(UTF_8));
    }

    /** For the file or the terminal that hands it to its reader. */
    public String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "AccessToken[hidden]";
    }
}
