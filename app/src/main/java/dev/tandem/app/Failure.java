package dev.tandem.app;

import dev.tandem.diff.duck.DiffException;
import dev.tandem.engine.EngineException;
import dev.tandem.feed.FeedException;
import dev.tandem.files.FilesException;
import dev.tandem.model.DefinitionException;
import dev.tandem.model.Reason;
import dev.tandem.page.PageException;
import dev.tandem.servers.LocalServiceException;
import dev.tandem.sink.SinkException;
import dev.tandem.store.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The one place where what was thrown becomes words for a person and an exit code for a script. */
record Failure(Exit exit, String told) {
    static Failure of(Throwable thrown, String log) {
        if (isInterruption(thrown)) {
            return new Failure(Exit.INTERRUPTED, "interrupted");
        }
        if (thrown instanceof DefinitionException definition) {
            return new Failure(Exit.INVALID, definition.told());
        }
        if (thrown instanceof CommandException refused) {
            return new Failure(refused.exit(), error(refused));
        }
        if (thrown instanceof DiffException diff) {
            return new Failure(diff.fault() == DiffException.Fault.QUESTION ? Exit.USAGE : Exit.NOT_READY, error(diff));
        }
        if (thrown instanceof ParameterException misused) {
            return new Failure(Exit.USAGE, usage(misused));
        }
        if (isForTheOperator(thrown)) {
            return new Failure(Exit.NOT_READY, error(thrown));
        }
        return new Failure(
                Exit.UNEXPECTED,
                "error  Cannot go on: %s; run it again with --verbose for the whole trace, and see %s"
                        .formatted(thrown, log));
    }

    /** Also what a library has wrapped. */
    private static boolean isInterruption(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException || cause instanceof ClosedByInterruptException) {
                return true;
            }
        }
        return false;
    }

    /** Their messages say what, why and the hint. */
    private static boolean isForTheOperator(Throwable thrown) {
        return thrown instanceof EngineException
                || thrown instanceof StoreException
                || thrown instanceof FeedException
                || thrown instanceof FilesException
                || thrown instanceof SinkException
                || thrown instanceof LocalServiceException
                || thrown instanceof PageException
                || thrown instanceof IOException
                || thrown instanceof UncheckedIOException;
    }

    private static String error(Throwable thrown) {
        return "error  " + Reason.of(thrown);
    }

    private static String usage(ParameterException misused) {
        return "error  %s%s; see '%s --help'"
                .formatted(
                        inPlainWords(String.valueOf(misused.getMessage())),
                        suggestion(misused),
                        misused.getCommandLine().getCommandSpec().qualifiedName());
    }

    /** The library names Java's types. */
    private static String inPlainWords(String message) {
        return message.replaceAll(" is not an? (long|int)$", " is not a whole number")
                .replaceAll(" is not a double$", " is not a number");
    }

    private static String suggestion(ParameterException misused) {
        return misused instanceof UnmatchedArgumentException unmatched
                ? unmatched.getSuggestions().stream()
                        .findFirst()
                        .map("; did you mean '%s'?"::formatted)
                        .orElse("")
                : "";
    }

    static String trace(Throwable thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
