package dev.tandem.sink;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a partition's folder, {@code column=value}. As Hive has it, null and empty text are {@code
 * __HIVE_DEFAULT_PARTITION__}, and characters with a meaning in paths are escaped. File systems take 255 bytes: a longer value is
 * truncated and ends in {@code ~} and its hash, and the file has a column with the whole value. One long value would otherwise
 * stop a stream at every start.
 */
public final class PartitionFolder {
    private static final String NOTHING = "__HIVE_DEFAULT_PARTITION__";
    /** Hive's list (FileUtils.escapePathName); control characters come on top. */
    private static final String ESCAPED = "\"#%'*/:=?\\{[]^\u007F";

    private static final int LONGEST_NAME = 255;
    private static final int HASH_DIGITS = 32;
    /** A short value that looks like a cut one is treated as one, so that no two values share a folder. */
    private static final Pattern LIKE_A_CUT_ONE = Pattern.compile("(?s).*~[0-9a-f]{32}");

    private static final Pattern CUT_FOLDER = Pattern.compile("(?s)([^=]+)=.*~[0-9a-f]{32}");

    private final String prefix;
    private final String wholeColumn;

    /** {@code taken} are the names of the output's columns. */
    PartitionFolder(String column, List<String> taken) {
        prefix = escaped(column) + '=';
        wholeColumn = wholeColumn(column, taken);
    }

    /** The column whose value the name {@code folder} cuts; empty if it cuts none. */
    public static Optional<String> cutColumn(String folder) {
        var matcher = CUT_FOLDER.matcher(folder);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The name of the column with the whole values of {@code column}, beside the columns {@code taken}. */
    public static String wholeColumn(String column, List<String> taken) {
        var whole = column + "_whole";
        while (taken.contains(whole)) {
            whole += '_';
        }
        return whole;
    }

    /** The folder of {@code value}, which is empty for null. */
    String of(String value) {
        if (value.isEmpty()) {
            return prefix + NOTHING;
        }
        return cuts(value) ? cut(value) : prefix + escaped(value);
    }

    /** Whether the folder's name does not tell the whole value. */
    boolean cuts(String value) {
        if (value.length() <= HASH_DIGITS) {
            return false; // shorter than a hash with its sign, and far from 255 bytes
        }
        return bytes(prefix) + bytes(escaped(value)) > LONGEST_NAME
                || LIKE_A_CUT_ONE.matcher(value).matches();
    }

    /** The column of a file that has the value which its folder's name cuts. */
    String wholeColumn() {
        return wholeColumn;
    }

    private String cut(String value) {
        var name = new StringBuilder(prefix);
        int free = LONGEST_NAME - bytes(prefix) - 1 - HASH_DIGITS;
        for (int at = 0; at < value.length(); at = value.offsetByCodePoints(at, 1)) {
            var letter = escaped(value.substring(at, value.offsetByCodePoints(at, 1)));
            free -= bytes(letter);
            if (free < 0) {
                break;
            }
            name.append(letter);
        }
        return name.append('~').append(hash(value)).toString();
    }

    private static String hash(String value) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder(text.length());
        for (int index = 0; index < text.length(); index++) {
            char character = text.charAt(index);
            if (character < ' ' || ESCAPED.indexOf(character) >= 0) {
                escaped.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) character));
            } else {
                escaped.append(character);
            }
        }
        return escaped.toString();
    }
}
