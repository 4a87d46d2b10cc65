package dev.tandem.model.extension;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The providers that were found, and the jars that could not be used. They belong to a class loader, that of the jars; who needs
 * them asks {@link #current}.
 *
 * @param refused what is wrong with jars, one line for each, with its hint
 */
public record Extensions(List<Found<?>> found, List<Refusal> refused) {
    /** No extension at all. */
    public static final Extensions NONE = new Extensions(List.of(), List.of());

    /** A provider and the jar that brings it. */
    public record Found<T extends Provider>(Class<T> kind, T provider, String jar) {}

    /** A jar that cannot be used. */
    public record Refusal(String jar, String what, String hint) {
        public String message() {
            return "Cannot use the extension %s: %s; %s".formatted(jar, what, hint);
        }
    }

    public Extensions {
        found = List.copyOf(found);
        refused = List.copyOf(refused);
    }

    /** Those of this thread's class loader, which threads inherit from the one that starts them. */
    public static Extensions current() {
        return Thread.currentThread().getContextClassLoader() instanceof ExtensionLoader loader
                ? loader.extensions()
                : NONE;
    }

    public Optional<SinkProvider> sink(String name) {
        return named(SinkProvider.class, name);
    }

    public Optional<GeneratorProvider> generator(String name) {
        return named(GeneratorProvider.class, name);
    }

    public Optional<FormatProvider> format(String name) {
        return named(FormatProvider.class, name);
    }

    private <T extends Provider> Optional<T> named(Class<T> kind, String name) {
        return of(kind).stream()
                .map(Found::provider)
                .filter(it -> it.name().equals(name))
                .findFirst();
    }

    /** Those of one kind. */
    public <T extends Provider> List<Found<T>> of(Class<T> kind) {
        var all = new ArrayList<Found<T>>();
        for (var each : found) {
            if (each.kind() == kind) {
                all.add(new Found<>(kind, kind.cast(each.provider()), each.jar()));
            }
        }
        return all;
    }
}
