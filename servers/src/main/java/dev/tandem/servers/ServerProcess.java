package dev.tandem.servers;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The process of one server, our child or an earlier JVM's: known by its number and by having our directory on its command line. */
final class ServerProcess {
    private static final Duration ORDERLY_END = Duration.ofSeconds(20);
    private static final Duration FORCED_END = Duration.ofSeconds(10);
    private static final int POLL_MILLIS = 10;

    private final ServiceDirectory directory;
    private final ProcessRecord record;
    private final Optional<FileChannel> lock;
    private boolean ended;

    private ServerProcess(ServiceDirectory directory, ProcessRecord record, Optional<FileChannel> lock) {
        this.directory = directory;
        this.record = record;
        this.lock = lock;
    }

    /** A server that was there before us. */
    static ServerProcess found(ServiceDirectory directory, ProcessRecord record) {
        return new ServerProcess(directory, record, Optional.empty());
    }

    /** A server of ours that keeps the directory locked for as long as it lives. */
    static ServerProcess owned(ServiceDirectory directory, ProcessRecord record, FileChannel lock) {
        return new ServerProcess(directory, record, Optional.of(lock));
    }

    /** A number alone proves nothing: the system gives it to another process once ours is gone. */
    static boolean isOurs(ServiceDirectory directory, ProcessRecord record) {
        return ProcessHandle.of(record.pid())
                .filter(ProcessHandle::isAlive)
                .map(ProcessHandle::info)
                .filter(info -> names(info, directory.path().toString()))
                .isPresent();
    }

    ServiceDirectory directory() {
        return directory;
    }

    ProcessRecord record() {
        return record;
    }

    boolean isRunning() {
        return isOurs(directory, record);
    }

    /** First politely, then not; returns when the process is gone. An interrupt waits until then: a half-ended server helps nobody. */
    synchronized void end() {
        if (ended) {
            return;
        }
        var interrupted = Thread.interrupted();
        try {
            if (isRunning()) {
                endRunning();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        if (directory.record().equals(Optional.of(record))) {
            directory.deleteRecord();
        }
        lock.ifPresent(ServerProcess::release);
        ended = true;
    }

    static void release(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new LocalServiceException("Cannot release a lock: %s; end this process".formatted(e.getMessage()), e);
        }
    }

    private void endRunning() {
        var children = ProcessHandle.of(record.pid()).stream()
                .flatMap(ProcessHandle::descendants)
                .toList();
        ask();
        if (!goneWithin(ORDERLY_END)) {
            ProcessHandle.of(record.pid()).ifPresent(ProcessHandle::destroyForcibly);
            children.forEach(ProcessHandle::destroyForcibly);
            if (!goneWithin(FORCED_END)) {
                throw new LocalServiceException(
                        "Cannot stop %s: process %d is still there %d s after it was killed; end it as the user that owns it"
                                .formatted(directory.kind().word(), record.pid(), FORCED_END.toSeconds()));
            }
        }
    }

    private void ask() {
        if (directory.kind().stopSignal() == Kind.Signal.TERM) {
            ProcessHandle.of(record.pid()).ifPresent(ProcessHandle::destroy);
        } else {
            // A false answer means that it is gone already, or ends below by force.
            var unused = Tools.works(List.of("/bin/sh", "-c", "kill -INT " + record.pid()));
        }
    }

    private boolean goneWithin(Duration patience) {
        var deadline = System.nanoTime() + patience.toNanos();
        var interrupted = false;
        while (isRunning() && System.nanoTime() < deadline) {
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return !isRunning();
    }

    private static boolean names(ProcessHandle.Info info, String directory) {
        return info.commandLine().filter(line -> line.contains(directory)).isPresent();
    }
}
