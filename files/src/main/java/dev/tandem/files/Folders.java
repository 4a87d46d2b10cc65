package dev.tandem.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folders of a file source.
 *
 * @param folder into which they are moved when they are complete
 * @param archive to which they go when their records are committed; not inside a folder that is read
 */
public record Folders(Path folder, Optional<Path> archive) {
    /** Where a file may be found: still in the folder, or in the archive, there perhaps with its number before its name. */
    KnownFile known(Inventory.Entry entry) {
        return known(entry, new Marks());
    }

    KnownFile known(Inventory.Entry entry, Marks marks) {
        var places = new ArrayList<String>(List.of(folder.resolve(entry.name()).toString()));
        archive.ifPresent(it -> {
            places.add(it.resolve(entry.name()).toString());
            places.add(it.resolve(numbered(entry)).toString());
        });
        return new KnownFile(
                places,
                entry.bytes(),
                entry.sha256(),
                entry.firstPosition(),
                entry.records(),
                entry.arrived().toEpochMilli(),
                marks);
    }

    /** Whether the file is still there as it was taken in. Reads it. */
    public boolean hold(Inventory.Entry entry) {
        var known = known(entry);
        return known.places().stream().map(Path::of).anyMatch(known::isAt);
    }

    /** The name in the archive where another file has the entry's own. */
    static String numbered(Inventory.Entry entry) {
        return entry.number() + "-" + entry.name();
    }

    /** Makes a new name in a folder last through a loss of power, where the system can. */
    static void force(@Nullable Path folder) {
        if (folder == null) {
            return;
        }
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // a system that cannot open folders orders its own writes
        }
    }
}
