package dev.tandem.segments;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** The folder of a landed log, opened. Holds no connection of its own, so it need not be closed. */
final class OpenPlace {
    private static final int BUFFER_BYTES = 1 << 14;

    private final FileSystem files;
    private final Path base;
    private final boolean local;

    private OpenPlace(FileSystem files, Path base, boolean local) {
        this.files = files;
        this.base = base;
        this.local = local;
    }

    /**
     * Local files are opened without Hadoop's checksum files, since the ledger has a checksum, and without reading Hadoop's
     * default configuration, which takes longer than writing a small segment.
     */
    static OpenPlace of(SegmentPlace place) throws IOException {
        boolean local = place.base().getScheme().equals("file");
        var configuration = new Configuration(!local);
        place.settings().forEach(configuration::set);
        var base = new Path(place.base());
        if (local) {
            var files = new RawLocalFileSystem();
            files.initialize(place.base(), configuration);
            return new OpenPlace(files, base, true);
        }
        return new OpenPlace(FileSystem.get(place.base(), configuration), base, false);
    }

    FileSystem files() {
        return files;
    }

    Path base() {
        return base;
    }

    /** Where the file of that name is. */
    Path path(String name) {
        return new Path(base, name);
    }

    FSDataOutputStream create(Path path) throws IOException {
        return files.create(path, true, BUFFER_BYTES);
    }

    FSDataInputStream read(String name) throws IOException {
        return files.open(path(name));
    }

    Optional<FileStatus> status(String name) throws IOException {
        try {
            return Optional.of(files.getFileStatus(path(name)));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    /** Gives a finished file its name. A file that has the name already is never replaced: the ledger may name it. */
    void place(Path from, Path to) throws IOException {
        if (files.exists(to)) {
            throw new IOException("a file of that name exists already");
        }
        if (!files.rename(from, to)) {
            throw new IOException("the file system refused to rename %s".formatted(from));
        }
        forceNames(to);
    }

    /** Without this a power failure may undo the rename of a local file after the ledger has named it. */
    private void forceNames(Path file) throws IOException {
        if (local) {
            var folder = java.nio.file.Path.of(file.toUri()).getParent();
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
