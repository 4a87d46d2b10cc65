package dev.tandem.model;

import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A format that an extension brings.
 *
 * @param provider what reads its records; of a definition that is read without the jar, one that refuses to
 * @param place where the definition names it
 */
public record ProvidedFormat(String name, Map<String, String> settings, RecordFormat provider, Place place)
        implements Serializable {
    public ProvidedFormat {
        settings = Map.copyOf(settings);
    }

    /** In the place of the provider where no jar brings it; {@code tandem check} and every run refuse the definition. */
    public record Missing(String name) implements RecordFormat {
        private static final long serialVersionUID = 1L;

        @Override
        public Set<String> settings() {
            return Set.of();
        }

        @Override
        public RecordReader open(Map<String, String> settings) {
            throw new IllegalArgumentException(
                    "there is no format '%s'; put the jar that brings it into lib/ext".formatted(name));
        }
    }

    /** Two are equal that read alike: a provider has no other identity than its name. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ProvidedFormat that && name.equals(that.name) && settings.equals(that.settings);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + settings.hashCode();
    }
}
