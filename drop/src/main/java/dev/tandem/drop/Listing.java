package dev.tandem.drop;

import dev.tandem.model.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The names in a folder at one moment, sorted into what they are. */
record Listing(List<Present> files, List<String> unfinished, List<Look.Ignored> ignored) {
    /** Tells a file from one that took its place: what changes when a file is written anew or on. */
    record Stamp(long bytes, FileTime modified, Optional<Object> fileKey) {
        static Stamp of(BasicFileAttributes attributes) {
            return new Stamp(
                    attributes.size(), attributes.lastModifiedTime(), Optional.ofNullable(attributes.fileKey()));
        }
    }

    /** A file of the drop. */
    record Present(Path path, Stamp stamp) {
        String name() {
            return path.getFileName().toString();
        }
    }

    static Listing of(Folders folders, Format.Kind kind) {
        var listing = new Listing(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        try (var paths = Files.newDirectoryStream(folders.folder())) {
            for (var path : paths) {
                if (!folders.archive().map(it -> same(it, path)).orElse(false)) {
                    listing.add(path, kind);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            throw new DropException(
                    "Cannot look into %s: there is no such folder; create it, or name the folder that files are moved into"
                            .formatted(folders.folder()),
                    e);
        } catch (IOException e) {
            throw new DropException(
                    "Cannot look into %s: %s; give the user that runs Tandem the right to read and enter it"
                            .formatted(folders.folder(), e),
                    e);
        }
        listing.files().sort(Comparator.comparing(Present::name));
        listing.unfinished().sort(Comparator.naturalOrder());
        listing.ignored().sort(Comparator.comparing(Look.Ignored::name));
        return listing;
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
        var refusal = attributes.isRegularFile() ? FileNames.refusal(name, kind) : Optional.of(other(attributes));
        refusal.ifPresentOrElse(
                why -> ignored.add(new Look.Ignored(name, why)),
                () -> files.add(new Present(path, Stamp.of(attributes))));
    }

    /** Null for a file that has gone since it was listed. */
    private static @Nullable BasicFileAttributes attributes(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static String other(BasicFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            return "it is a symbolic link";
        }
        return attributes.isDirectory() ? "it is a folder" : "it is no regular file";
    }
}
