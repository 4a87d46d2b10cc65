package dev.tandem.engine.spark;

import dev.tandem.engine.EngineException;
import java.io.FileNotFoundException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Paths;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathFilter;
import org.apache.spark.sql.execution.streaming.checkpointing.CheckpointFileManager;

/**
 * Spark's checkpoint files on {@code java.nio}. Hadoop's local file system starts a process ({@code chmod}) for every file it
 * makes where its native library is missing, which is everywhere; that was half of a small micro-batch. Each file is forced to
 * disk before it gets its name, so a power cut leaves whole files or none.
 */
public final class NioCheckpointFiles implements CheckpointFileManager {
    private final Path root;
    private final Configuration configuration;

    /** Spark makes it by this constructor; {@code root} is the checkpoint's folder. */
    public NioCheckpointFiles(Path root, Configuration configuration) {
        this.root = root;
        this.configuration = configuration;
    }

    private static java.nio.file.Path local(Path path) {
        return Paths.get(path.toUri().getPath());
    }

    @Override
    public CancellableFSDataOutputStream createAtomic(Path path, boolean overwriteIfPossible) {
        var target = local(path);
        var temporary = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            Files.createDirectories(target.getParent());
            var channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            return new Atomic(channel, temporary, target, overwriteIfPossible);
        } catch (IOException e) {
            throw new EngineException(
                    "Cannot write the checkpoint file %s: %s; check the disk".formatted(target, e), e);
        }
    }

    @Override
    public FSDataInputStream open(Path path) {
        try {
            if (!Files.exists(local(path))) {
                throw new FileNotFoundException(path.toString());
            }
            return raw(path).open(path);
        } catch (IOException e) {
            throw sneaky(e);
        }
    }

    private LocalFileSystem raw(Path path) throws IOException {
        var files = new LocalFileSystem();
        files.initialize(path.toUri().isAbsolute() ? path.toUri() : local(path).toUri(), configuration);
        files.setVerifyChecksum(false);
        return files;
    }

    @Override
    public FileStatus[] list(Path path, PathFilter filter) {
        var found = new ArrayList<FileStatus>();
        try (var children = Files.newDirectoryStream(local(path))) {
            for (var child : children) {
                var name = new Path(path, child.getFileName().toString());
                if (filter.accept(name)) {
                    found.add(status(child, name));
                }
            }
        } catch (NoSuchFileException e) {
            throw sneaky(new FileNotFoundException(path.toString()));
        } catch (IOException e) {
            throw sneaky(e);
        }
        return found.toArray(FileStatus[]::new);
    }

    private static FileStatus status(java.nio.file.Path file, Path name) throws IOException {
        return new FileStatus(
                Files.isDirectory(file) ? 0 : Files.size(file),
                Files.isDirectory(file),
                1,
                0,
                Files.getLastModifiedTime(file).toMillis(),
                name);
    }

    @Override
    public void mkdirs(Path path) {
        try {
            Files.createDirectories(local(path));
        } catch (IOException e) {
            throw sneaky(e);
        }
    }

    @Override
    public boolean exists(Path path) {
        return Files.exists(local(path));
    }

    @Override
    public void delete(Path path) {
        if (!Files.exists(local(path))) {
            return;
        }
        try (var paths = Files.walk(local(path))) {
            for (var each : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw sneaky(e);
        }
    }

    @Override
    public boolean isLocal() {
        return true;
    }

    @Override
    public Path createCheckpointDirectory() {
        mkdirs(root);
        return new Path(local(root).toUri());
    }

    /** Spark's Scala code expects the checked exceptions of a file system, which its interface does not declare to Java. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> RuntimeException sneaky(Throwable failure) throws E {
        throw (E) failure;
    }

    /** Written aside, forced to disk, then given its name. */
    private static final class Atomic extends CancellableFSDataOutputStream {
        private final FileChannel channel;
        private final java.nio.file.Path temporary;
        private final java.nio.file.Path target;
        private final boolean overwrite;
        private boolean ended;

        Atomic(FileChannel channel, java.nio.file.Path temporary, java.nio.file.Path target, boolean overwrite) {
            super(new Buffered(Channels.newOutputStream(channel)));
            this.channel = channel;
            this.temporary = temporary;
            this.target = target;
            this.overwrite = overwrite;
        }

        @Override
        public void close() throws IOException {
            if (ended) {
                return;
            }
            ended = true;
            flush();
            channel.force(true);
            channel.close();
            name();
        }

        private void name() throws IOException {
            if (overwrite) {
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                return;
            }
            try {
                // Unlike a move, a link never replaces: a second writer of the same file is told.
                Files.createLink(target, temporary);
            } catch (FileAlreadyExistsException e) {
                throw new org.apache.hadoop.fs.FileAlreadyExistsException(
                        "Cannot write %s: another process has written it".formatted(target));
            } finally {
                Files.deleteIfExists(temporary);
            }
        }

        @Override
        public void cancel() {
            ended = true;
            try {
                channel.close();
                Files.deleteIfExists(temporary);
            } catch (IOException e) {
                throw new EngineException("Cannot take back the checkpoint file %s: %s".formatted(temporary, e), e);
            }
        }
    }

    /** {@link FilterOutputStream} writes arrays byte by byte; a buffer makes one write of them. */
    private static final class Buffered extends java.io.BufferedOutputStream {
        Buffered(OutputStream out) {
            super(out, 1 << 14);
        }
    }
}
