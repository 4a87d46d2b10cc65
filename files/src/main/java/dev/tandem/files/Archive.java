package dev.tandem.files;

import dev.tandem.files.Inventory.Entry;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Moves files to the archive when their records are committed, and not before: a file that is still in the folder is not in the
 * results yet. It is idempotent, so a crash between commit and move is repaired at the next start. Never overwrites a file, and
 * never moves a file other than the one that was taken in.
 */
public final class Archive {
    private final Folders folders;
    private final Path archive;

    public Archive(Path folder, Path archive) {
        this.folders = new Folders(folder, Optional.of(archive));
        this.archive = archive;
    }

    /**
     * Moves every file all of whose records stand before {@code committed}, the position behind the last committed record.
     *
     * @return the names that were moved
     */
    public List<String> settle(List<Entry> entries, long committed) {
        var present = present();
        var moved = new ArrayList<String>();
        for (var entry : entries) {
            boolean settled = entry.firstPosition() + entry.records() <= committed;
            if (settled && present.contains(entry.name()) && move(entry)) {
                moved.add(entry.name());
            }
        }
        return moved;
    }

    /** Notes that everything before {@code position} was committed when the last file came here. */
    public void mark(String log, long position) {
        new ArchiveMark(archive, log).write(position);
    }

    /**
     * Refuses a database that has committed less than it had when the last file came here.
     *
     * @throws FilesException if it has
     */
    public void requireNotAhead(String log, long committed) {
        var mark = new ArchiveMark(archive, log);
        var position = mark.read();
        if (position.isPresent() && position.getAsLong() > committed) {
            throw new FilesException(
                    "Cannot go on with the files of '%s': the archive %s has files up to position %d, the database knows them up to %d; the database was emptied or is an older copy, and nothing was read. Restore the newer copy; or, to read those files again, move them back into %s and delete %s"
                            .formatted(log, archive, position.getAsLong(), committed, folders.folder(), mark.file()));
        }
    }

    /** One look instead of one for each file that ever was. */
    private Set<String> present() {
        try (var paths = Files.list(folders.folder())) {
            return paths.map(it -> it.getFileName().toString()).collect(Collectors.toSet());
        } catch (IOException e) {
            throw new FilesException(
                    "Cannot look into %s: %s; create it, or give the user that runs Tandem the right to read it"
                            .formatted(folders.folder(), e),
                    e);
        }
    }

    /**
     * Moves the file if it still lies in the folder as it was taken in.
     *
     * @return whether it did
     * @throws FilesException if it cannot be moved
     */
    public boolean move(Entry entry) {
        var source = folders.folder().resolve(entry.name());
        if (!Files.isRegularFile(source, LinkOption.NOFOLLOW_LINKS)
                || !folders.known(entry).isAt(source)) {
            return false;
        }
        try {
            Files.createDirectories(archive);
            requireApart();
            var target = target(entry);
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                Files.delete(source);
            } else {
                move(source, target);
            }
            return true;
        } catch (IOException e) {
            throw new FilesException(
                    "Cannot move %s to the archive %s: %s; give the user that runs Tandem the right to write in both folders"
                            .formatted(source, archive, e),
                    e);
        }
    }

    /** Else the only copy would be taken for one that a crash left behind, and deleted. */
    private void requireApart() throws IOException {
        if (Files.isSameFile(folders.folder(), archive)) {
            throw new FilesException("Cannot archive into %s: it is the folder that the files come into; name another"
                    .formatted(archive));
        }
    }

    /** A place that is free, or where the very file lies already because a copy was not followed by its deletion. */
    private Path target(Entry entry) {
        for (var name : List.of(entry.name(), Folders.numbered(entry))) {
            var target = archive.resolve(name);
            if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS) || isRegularCopy(entry, target)) {
                return target;
            }
        }
        throw new FilesException(
                "Cannot move %s to the archive %s: other files have the names %s and %s; move them away"
                        .formatted(entry.name(), archive, entry.name(), Folders.numbered(entry)));
    }

    private boolean isRegularCopy(Entry entry, Path target) {
        return Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
                && folders.known(entry).isAt(target);
    }

    private void move(Path source, Path target) throws IOException {
        try {
            Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            moveAcross(source, target);
        }
    }

    /** To another file system: the original goes only when the copy is whole and lasts. */
    void moveAcross(Path source, Path target) throws IOException {
        var copy = archive.resolve("." + target.getFileName() + ".tmp");
        Files.copy(source, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        try (var channel = FileChannel.open(copy, StandardOpenOption.READ)) {
            channel.force(true);
        }
        Files.move(copy, target, StandardCopyOption.ATOMIC_MOVE);
        Folders.force(archive);
        Files.delete(source);
    }
}
