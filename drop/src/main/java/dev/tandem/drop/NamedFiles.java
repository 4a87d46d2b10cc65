package dev.tandem.drop;

import dev.tandem.model.Format;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The files that a person means by a folder, a file or a pattern, in the order in which they are read. */
final class NamedFiles {
    private static final Pattern WILD = Pattern.compile("[*?\\[{]");

    private NamedFiles() {}

    /** Whoever names one file means it, whatever it is called; of a folder, those that a drop would take in. */
    static List<Path> of(String where, Format.Kind kind) {
        var path = Path.of(where);
        if (Files.isRegularFile(path)) {
            return List.of(itself(path));
        }
        var files = Files.isDirectory(path)
                ? Listing.of(new Folders(path, Optional.empty()), kind).files().stream()
                        .map(Listing.Present::path)
                        .toList()
                : matching(where, kind);
        if (files.isEmpty()) {
            throw new DropException(
                    "Cannot read '%s': there is no such file of this format; name a folder, a file or a pattern, and look at the extensions"
                            .formatted(where));
        }
        return files;
    }

    /** Whoever names a link means what it points to. */
    private static Path itself(Path path) {
        try {
            return Files.isSymbolicLink(path) ? path.toRealPath() : path;
        } catch (IOException e) {
            throw FileScan.unreadable(path, e);
        }
    }

    private static List<Path> matching(String pattern, Format.Kind kind) {
        var wild = WILD.matcher(pattern);
        if (!wild.find()) {
            return List.of();
        }
        int slash = pattern.lastIndexOf('/', wild.start());
        var base = Path.of(slash < 0 ? "" : pattern.substring(0, slash + 1));
        var rest = pattern.substring(slash + 1);
        if (!Files.isDirectory(base)) {
            return List.of();
        }
        var matcher = FileSystems.getDefault().getPathMatcher("glob:" + rest);
        int depth = rest.contains("**") ? Integer.MAX_VALUE : rest.split("/").length;
        try (var all = Files.walk(base, depth)) {
            return all.filter(it -> Files.isRegularFile(it, LinkOption.NOFOLLOW_LINKS))
                    .filter(it -> fits(it.getFileName().toString(), kind) && matcher.matches(base.relativize(it)))
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new DropException(
                    "Cannot look for '%s': %s; give the user that runs Tandem the right to read these folders"
                            .formatted(pattern, e),
                    e);
        }
    }

    private static boolean fits(String name, Format.Kind kind) {
        return !FileNames.unfinished(name) && FileNames.refusal(name, kind).isEmpty();
    }
}
