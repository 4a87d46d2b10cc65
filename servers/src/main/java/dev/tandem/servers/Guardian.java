package dev.tandem.servers;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Starts a child from a thread that lives exactly as long as the child. Linux sends the parent-death signal when the
 * <em>thread</em> that started a process ends, so a child started from a pool or a request would die with that thread.
 */
final class Guardian {
    private Guardian() {}

    static Process start(ProcessBuilder builder, String name) throws IOException {
        var started = new CompletableFuture<Process>();
        var thread = new Thread(() -> guard(builder, started), "tandem-guardian-" + name);
        thread.setDaemon(true);
        thread.start();
        try {
            return started.get();
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private static void guard(ProcessBuilder builder, CompletableFuture<Process> started) {
        try {
            var process = builder.start();
            if (started.complete(process)) {
                process.waitFor();
            }
        } catch (IOException | RuntimeException | InterruptedException e) {
            started.completeExceptionally(e);
        }
    }
}
