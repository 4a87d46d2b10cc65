package dev.tandem.app;

import java.nio.file.Files;
import java.nio.file.Path;

/** Paths of options, looked at before servers and Spark are started for them, which takes most of a minute. */
final class GivenPath {
    private GivenPath() {}

    /** A file or folder that is read; {@code path} may be relative to the folder of the command. */
    static Path read(Shell shell, String option, Path path) {
        var whole = shell.surroundings().directory().resolve(path);
        if (!Files.isReadable(whole)) {
            throw new CommandException(
                    Exit.NOT_READY,
                    "Cannot read %s %s: %s; correct the path"
                            .formatted(
                                    option,
                                    path,
                                    Files.exists(whole)
                                            ? "this user may not read it"
                                            : "there is no such file or folder as " + whole));
        }
        return whole;
    }

    /** A folder that is written, and made if it is not there. */
    static Path written(Shell shell, String option, Path path) {
        var whole =
                shell.surroundings().directory().resolve(path).toAbsolutePath().normalize();
        var there = whole;
        while (!Files.exists(there) && there.getParent() != null) {
            there = there.getParent();
        }
        if (!Files.isDirectory(there) || !Files.isWritable(there)) {
            throw new CommandException(
                    Exit.NOT_READY,
                    "Cannot write %s %s: %s is no folder that this user may write to; name another one"
                            .formatted(option, path, there));
        }
        return whole;
    }
}
