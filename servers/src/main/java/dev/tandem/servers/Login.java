package dev.tandem.servers;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Who may connect to a local database. Always with a password: the wrappers these binaries come from trust everybody
 * who reaches the port, which on a shared machine is every user of it.
 *
 * @param user also the owner of the database
 * @param password printable ASCII, 8 to 200 characters, without quotes and backslashes (each server escapes those in its own way)
 * @param database its only one
 */
public record Login(String user, String password, String database) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,47}");
    private static final Pattern PASSWORD = Pattern.compile("[\\x20-\\x7e&&[^'\"`\\\\]]{8,200}");
    private static final int RANDOM_BYTES = 18;

    public Login {
        named("user", user);
        named("database", database);
        if (!PASSWORD.matcher(password).matches()) {
            throw new LocalServiceException(
                    "Cannot use the password of user '%s': it is shorter than 8, longer than 200 or has a quote, a backslash or a character outside ASCII; choose another"
                            .formatted(user));
        }
    }

    /** User and database {@code tandem}, and a password that nobody has to think of. */
    public static Login random() {
        return new Login("tandem", randomPassword(), "tandem");
    }

    static String randomPassword() {
        var bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    /** Without the password: a login ends up in logs. */
    @Override
    public String toString() {
        return "Login[user=%s, database=%s]".formatted(user, database);
    }

    private static void named(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new LocalServiceException(
                    "Cannot use '%s' as the name of a %s: only a-z, 0-9 and _ are taken, a letter first, 48 at most; choose another"
                            .formatted(name, what));
        }
    }
}
