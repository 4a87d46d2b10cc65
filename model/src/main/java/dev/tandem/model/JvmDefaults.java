package dev.tandem.model;

import java.util.Locale;
import java.util.TimeZone;

/**
 * The language, country and time zone that a Java process takes from its machine. Spark's {@code lower} and {@code format_number}
 * follow them, and so do numbers in names of files: in Turkish the small letter of I is ı, and the Arabic of Egypt has its own
 * digits. A process that computes results must therefore replace them before it starts anything.
 */
public final class JvmDefaults {
    private JvmDefaults() {}

    /** Makes results independent of the machine's settings, for the whole process. */
    public static void replace() {
        Locale.setDefault(Locale.ROOT);
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    }

    /** The same as options for {@code java}, for processes that others start. */
    public static String options() {
        return "-Duser.language= -Duser.country= -Duser.extensions= -Duser.timezone=UTC -Dfile.encoding=UTF-8";
    }
}
