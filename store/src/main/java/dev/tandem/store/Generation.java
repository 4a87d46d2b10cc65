package dev.tandem.store;

import dev.tandem.fold.Identity;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Results of a pipeline beside those in use, under other names of tables and of the pipeline: a rebuild writes the next
 * generation, and keeps the previous one until an operator deletes it.
 */
public enum Generation {
    NEXT,
    BEFORE;

    /** No pipeline has such a name by itself. */
    private static final String MARK = "~";

    private static final int LONGEST_TABLE = 63;
    private static final int LONGEST_NAME = 64;

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    private String prefix() {
        return "tandem_" + word() + "_";
    }

    /** The name of the pipeline in Tandem's own tables. */
    public String pipeline(String name) {
        var whole = name + MARK + word();
        return whole.length() <= LONGEST_NAME
                ? whole
                : HexFormat.of().formatHex(Identity.of(List.of(name, word())).bytes());
    }

    /**
     * The name of a table of results or records.
     *
     * @throws StoreException if it is too long for a database
     */
    public String table(String name) {
        var whole = prefix() + name;
        // ${mode} becomes a word of five or six letters.
        int length = whole.replace("${mode}", "stream").length();
        if (length > LONGEST_TABLE) {
            throw new StoreException(
                    "Cannot rebuild the table '%s': beside it the results would be in '%s', and names are limited to %d letters; give the output a table with a shorter name"
                            .formatted(name, whole, LONGEST_TABLE));
        }
        return whole;
    }

    /** The name that a table has, or will have, when it is in use. */
    static String current(String table) {
        for (var generation : values()) {
            if (table.startsWith(generation.prefix())) {
                return table.substring(generation.prefix().length());
            }
        }
        return table;
    }
}
