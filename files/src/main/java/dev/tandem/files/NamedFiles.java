package dev.tandem.files;

import dev.tandem.files.FolderContents.LeftOut;
import dev.tandem.model.Format;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files that are named by a folder, a file or a pattern.
 *
 * @param files in the order in which they are read
 * @param leftOut files there that are not read
 */
record NamedFiles(List<Path> files, List<LeftOut> leftOut) {
    private static final int MOST_TOLD = 3;
    private static final Pattern WILD = Pattern.compile("[*?\\[{]");

    /** Whoever names one file means it, whatever it is called; of a folder, those that a {@link FolderLog} would take in. */
    static NamedFiles of(String where, Intake intake) {
        var path = Path.of(where);
        if (Files.isRegularFile(path)) {
            return new NamedFiles(List.of(itself(path)), List.of());
        }
        var named = Files.isDirectory(path) ? folder(path, intake) : matching(where, intake);
        if (named.files().isEmpty()) {
            throw new FilesException(
                    "Cannot read '%s': there is no such file of this format%s; name a folder, a file or a pattern, and look at the extensions"
                            .formatted(where, named.others()));
        }
        return named;
    }

    private static NamedFiles folder(Path folder, Intake intake) {
        var listing = Listing.of(new Folders(folder, Optional.empty()), intake);
        var leftOut = Stream.concat(listing.unfinished().stream().map(LeftOut::unfinished), listing.ignored().stream())
                .sorted(Comparator.comparing(LeftOut::name))
                .toList();
        return new NamedFiles(
                listing.files().stream().map(Listing.Present::path).toList(), leftOut);
    }

    /** What lies there instead, as the end of a sentence. */
    private String others() {
        return leftOut.stream()
                .limit(MOST_TOLD)
                .map(it -> ", and %s is left out because %s".formatted(it.name(), it.why()))
                .collect(Collectors.joining());
    }

    /** Whoever names a link means what it points to. */
    private static Path itself(Path path) {
        try {
            return Files.isSymbolicLink(path) ? path.toRealPath() : path;
        } catch (IOException e) {
            throw FileScan.unreadable(path, e);
        }
    }

    private static NamedFiles matching(String pattern, Intake intake) {
        var wild = WILD.matcher(pattern);
        if (!wild.find()) {
            return new NamedFiles(List.of(), List.of());
        }
        int slash = pattern.lastIndexOf('/', wild.start());
        var base = Path.of(slash < 0 ? "" : pattern.substring(0, slash + 1));
        var rest = pattern.substring(slash + 1);
        if (!Files.isDirectory(base)) {
            return new NamedFiles(List.of(), List.of());
        }
        var matcher = FileSystems.getDefault().getPathMatcher("glob:" + rest);
        int depth = rest.contains("**") ? Integer.MAX_VALUE : rest.split("/").length;
        try (var all = Files.walk(base, depth)) {
            var named = new NamedFiles(new ArrayList<>(), new ArrayList<>());
            all.filter(it -> matcher.matches(base.relativize(it)))
                    .filter(it -> !Files.isDirectory(it, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .forEach(it -> named.add(it, intake.form().kind()));
            return new NamedFiles(sorted(named.files(), intake), named.leftOut());
        } catch (IOException | UncheckedIOException e) {
            throw new FilesException(
                    "Cannot look for '%s': %s; give the user that runs Tandem the right to read these folders"
                            .formatted(pattern, e),
                    e);
        }
    }

    private void add(Path file, Format.Kind kind) {
        var name = file.getFileName().toString();
        var refusal = FileNames.unfinished(name)
                ? Optional.of(LeftOut.unfinished(name))
                : Listing.other(file).or(() -> FileNames.refusal(name, kind));
        refusal.ifPresentOrElse(leftOut::add, () -> files.add(file));
    }

    private static List<Path> sorted(List<Path> files, Intake intake) {
        return FileOrder.sorted(
                files.stream()
                        .map(it -> new FileOrder.Ordered<>(it.toString(), modified(it), it))
                        .toList(),
                intake.order());
    }

    private static FileTime modified(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw FileScan.unreadable(file, e);
        }
    }
}
