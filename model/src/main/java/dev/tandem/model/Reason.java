package dev.tandem.model;

import java.io.EOFException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/** Why something failed, as words behind a colon: many exceptions of the JDK say no more than a path, or {@code null}. */
public final class Reason {
    private Reason() {}

    public static String of(Throwable failure) {
        if (failure instanceof FileSystemException file && file.getReason() == null) {
            return of(file);
        }
        if (failure instanceof EOFException && failure.getMessage() == null) {
            return "it ends too early";
        }
        var message = failure.getMessage();
        if (message != null && !message.isBlank()) {
            return message;
        }
        return failure.getCause() == null ? words(failure) : of(failure.getCause());
    }

    private static String of(FileSystemException failure) {
        if (failure instanceof NoSuchFileException) {
            return "%s is not there".formatted(failure.getFile());
        }
        if (failure instanceof AccessDeniedException) {
            return "this user has no right to %s".formatted(failure.getFile());
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "%s is there already".formatted(failure.getFile());
        }
        if (failure instanceof NotDirectoryException) {
            return "%s is no folder".formatted(failure.getFile());
        }
        return failure instanceof DirectoryNotEmptyException
                ? "%s is not empty".formatted(failure.getFile())
                : "%s at %s".formatted(words(failure), failure.getFile());
    }

    /** As in {@code closed channel} for a {@code ClosedChannelException}. */
    private static String words(Throwable failure) {
        var name = failure.getClass().getSimpleName().replaceFirst("(Exception|Error)$", "");
        var words = name.replaceAll("([a-z0-9])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
        return words.isBlank() ? "a failure without words" : words;
    }
}
