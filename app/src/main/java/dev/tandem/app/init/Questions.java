package dev.tandem.app.init;

import java.util.Optional;
import java.util.function.Function;

/** Asks the user, or nobody: then every proposal is accepted. */
public interface Questions {
    /** For pipes and scripts. */
    Questions NONE = new Questions() {
        @Override
        public <T> T ask(String question, String proposed, Function<String, Optional<T>> reader) {
            return reader.apply(proposed).orElseThrow(() -> new IllegalStateException("Not readable: " + proposed));
        }
    };

    /** The answer to {@code question}, as {@code reader} reads it; {@code proposed} if nothing is answered. Asks until it is readable. */
    <T> T ask(String question, String proposed, Function<String, Optional<T>> reader);
}
