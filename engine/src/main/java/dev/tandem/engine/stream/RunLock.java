package dev.tandem.engine.stream;

import dev.tandem.engine.EngineException;
import dev.tandem.model.Reason;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second process off a checkpoint. Spark notices two queries on one checkpoint only after the second has written a
 * micro-batch; the operating system notices at once, and lets go when the holder dies, however it dies.
 */
final class RunLock implements AutoCloseable {
    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    static RunLock take(Path checkpoint, String pipeline) {
        try {
            Files.createDirectories(checkpoint);
            var channel = FileChannel.open(
                    checkpoint.resolve("tandem.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (locked(channel)) {
                return new RunLock(channel);
            }
            channel.close();
        } catch (IOException e) {
            throw new EngineException(
                    "Cannot start the stream of '%s': %s cannot be written (%s); give --home a folder that can"
                            .formatted(pipeline, checkpoint, Reason.of(e)),
                    e);
        }
        throw new EngineException(
                "Cannot start the stream of '%s': another process is running it on %s; stop that one first, or give this one its own --home"
                        .formatted(pipeline, checkpoint));
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException heldInThisProcess) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new EngineException("Cannot release the checkpoint's lock: " + Reason.of(e), e);
        }
    }
}
