package dev.tandem.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * As whom a database runs. Databases refuse root, or should be refused it: so root hands them to {@code nobody}, and where
 * nobody cannot reach the files (a home below {@code /root}) to a user namespace in which root is nobody in particular.
 *
 * @param prefix stands before each command
 * @param owner whose number the data must bear
 * @param suffix stands behind each command
 */
public record Account(List<String> prefix, int owner, List<String> suffix) {
    /** For a server that owns nothing but what we give it anyway. */
    static final Account UNCHANGED = new Account(List.of(), 0, List.of());

    private static final int NOBODY = 65534;

    /** Empty if this is root and the machine offers neither way down. */
    static Optional<Account> unprivileged(ServiceDirectory directory, Path program) throws IOException {
        if (!isRoot()) {
            return Optional.of(ourselves());
        }
        ServiceDirectory.mode(directory.path(), "rwx--x--x");
        var nobody = new Account(
                List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--no-new-privs", "--"),
                NOBODY,
                List.of());
        var namespaced = new Account(List.of("unshare", "--user", "--"), 0, List.of());
        return List.of(nobody, namespaced).stream()
                .filter(account -> account.reaches(directory.path(), program))
                .findFirst();
    }

    static Account ourselves() throws IOException {
        return new Account(List.of(), ownNumber(), List.of());
    }

    /** The same account for a program that wants to be told that this one is meant. */
    Account told(String argument) {
        return new Account(prefix, owner, List.of(argument));
    }

    private static boolean isRoot() throws IOException {
        return ownNumber() == 0;
    }

    List<String> run(List<String> command) {
        var whole = new ArrayList<>(prefix);
        whole.addAll(command);
        whole.addAll(suffix);
        return List.copyOf(whole);
    }

    /** Gives a file or a whole directory to this account, unless it is its already. */
    void own(Path root) throws IOException {
        if (number(root) == owner) {
            return;
        }
        if (!isRoot()) {
            throw new IOException("%s belongs to another user (number %d)".formatted(root, number(root)));
        }
        try (var files = Files.walk(root)) {
            for (var file : files.toList()) {
                Files.setAttribute(file, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
                Files.setAttribute(file, "unix:gid", owner, LinkOption.NOFOLLOW_LINKS);
            }
        }
    }

    private boolean reaches(Path directory, Path program) {
        return Tools.works(run(List.of(
                "/bin/sh", "-c", "test -x \"$0\" && test -x \"$1\"", directory.toString(), program.toString())));
    }

    private static int ownNumber() throws IOException {
        return number(Path.of("/proc/self"));
    }

    private static int number(Path file) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:uid");
    }
}
