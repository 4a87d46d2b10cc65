package dev.tandem.files;

import dev.tandem.files.FolderContents.LeftOut;
import dev.tandem.model.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The names in a folder at one moment, sorted into what they are. */
record Listing(List<Present> files, List<String> unfinished, List<LeftOut> ignored) {
    /**
     * Distinguishes a file from one that has replaced it: the attributes that change when a file is rewritten or appended to.
     */
    record Stamp(long bytes, FileTime modified, Optional<Object> fileKey) {
        static Stamp of(BasicFileAttributes attributes) {
            return new Stamp(
                    attributes.size(), attributes.lastModifiedTime(), Optional.ofNullable(attributes.fileKey()));
        }
    }

    /** A file to read. */
    record Present(Path path, Stamp stamp) {
        String name() {
            return path.getFileName().toString();
        }

        /** When anything was done to the file, its name and its rights included; empty where the system does not keep that. */
        Optional<Instant> touched() {
            try {
                return Files.getAttribute(path, "unix:ctime", LinkOption.NOFOLLOW_LINKS) instanceof FileTime time
                        ? Optional.of(time.toInstant())
                        : Optional.empty();
            } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        FileOrder.Ordered<Present> ordered() {
            return new FileOrder.Ordered<>(name(), stamp.modified(), this);
        }
    }

    static Listing of(Folders folders, Intake intake) {
        var kind = intake.form().kind();
        var listing = new Listing(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        try (var paths = Files.newDirectoryStream(folders.folder())) {
            for (var path : paths) {
                if (!folders.archive().map(it -> same(it, path)).orElse(false)) {
                    listing.add(path, kind);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            throw new FilesException(
                    "Cannot look into %s: there is no such folder; create it, or name the folder that files are moved into"
                            .formatted(folders.folder()),
                    e);
        } catch (IOException e) {
            throw new FilesException(
                    "Cannot look into %s: %s; give the user that runs Tandem the right to read and enter it"
                            .formatted(folders.folder(), e),
                    e);
        }
        listing.unfinished().sort(Comparator.naturalOrder());
        listing.ignored().sort(Comparator.comparing(LeftOut::name));
        var files = listing.files().stream().map(Present::ordered).toList();
        return new Listing(FileOrder.sorted(files, intake.order()), listing.unfinished(), listing.ignored());
    }

    private static boolean same(Path one, Path other) {
        return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }

    private void add(Path path, Format.Kind kind) throws IOException {
        var name = path.getFileName().toString();
        var attributes = attributes(path);
        if (attributes == null) {
            return;
        }
        if (FileNames.unfinished(name)) {
            unfinished.add(name);
            return;
        }
        var refusal = attributes.isRegularFile() ? FileNames.refusal(name, kind) : Optional.of(other(name, attributes));
        refusal.ifPresentOrElse(ignored::add, () -> files.add(new Present(path, Stamp.of(attributes))));
    }

    /** Null for a file that has gone since it was listed. */
    private static @Nullable BasicFileAttributes attributes(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** Why a path that is no regular file is left alone; empty for one that is, and for one that has gone. */
    static Optional<LeftOut> other(Path path) {
        try {
            var attributes = attributes(path);
            return attributes == null || attributes.isRegularFile()
                    ? Optional.empty()
                    : Optional.of(other(path.getFileName().toString(), attributes));
        } catch (IOException e) {
            throw FileScan.unreadable(path, e);
        }
    }

    private static LeftOut other(String name, BasicFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            return new LeftOut(name, "it is a symbolic link", "move the file itself into the folder");
        }
        return attributes.isDirectory()
                ? new LeftOut(name, "it is a folder", "move its files up if they are to be read")
                : new LeftOut(name, "it is no regular file", "write what it gives into a file and move that in");
    }
}
