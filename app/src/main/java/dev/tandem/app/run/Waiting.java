package dev.tandem.app.run;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits for what another thread makes, and throws what it threw as if it had been thrown here. */
final class Waiting {
    private Waiting() {}

    static <T> T of(CompletableFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException ours) {
                throw ours;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Closes what another thread is opening, as soon as it is open; if it never is, there is nothing to close. */
    static void closeWhenOpen(CompletableFuture<? extends AutoCloseable> opening) {
        var closing = opening.thenAccept(Waiting::close).handle((done, failure) -> failure);
        closing.join();
    }

    private static void close(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
