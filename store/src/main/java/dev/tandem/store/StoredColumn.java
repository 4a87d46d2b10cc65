package dev.tandem.store;

import java.util.regex.Pattern;

/** A column: its name, type, and whether it may be empty. */
record StoredColumn(String name, ColumnType type, Presence presence) {
    enum Presence {
        REQUIRED,
        OPTIONAL
    }

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");

    StoredColumn {
        checkName("column", name);
    }

    static StoredColumn required(String name, ColumnType type) {
        return new StoredColumn(name, type, Presence.REQUIRED);
    }

    static StoredColumn optional(String name, ColumnType type) {
        return new StoredColumn(name, type, Presence.OPTIONAL);
    }

    boolean isRequired() {
        return presence == Presence.REQUIRED;
    }

    static void checkName(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new StoreException(
                    "Cannot name a %s '%s': only letters, digits and _ are taken, no digit first, 63 at most; choose another name"
                            .formatted(what, name));
        }
    }
}
