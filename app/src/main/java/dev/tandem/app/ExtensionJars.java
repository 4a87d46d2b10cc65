package dev.tandem.app;

import dev.tandem.engine.definition.Expressions;
import dev.tandem.feed.Generators;
import dev.tandem.model.Output;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Place;
import dev.tandem.model.Problem;
import dev.tandem.model.ProvidedFormat;
import dev.tandem.model.Reason;
import dev.tandem.model.extension.ExtensionLoader;
import dev.tandem.model.extension.Extensions;
import dev.tandem.model.extension.FormatProvider;
import dev.tandem.model.extension.FunctionProvider;
import dev.tandem.model.extension.GeneratorProvider;
import dev.tandem.model.extension.Provider;
import dev.tandem.model.extension.SinkProvider;
import dev.tandem.model.keys.OutputKeys;
import dev.tandem.model.keys.SourceKeys;
import dev.tandem.model.reading.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where the jars of extensions are, and what is wrong with them or with a definition that names one. */
final class ExtensionJars {
    private static final String FOLDER = "TANDEM_EXT";

    private ExtensionJars() {}

    /** The loader of what is in {@code lib/ext} and in the folder that {@code TANDEM_EXT} names; empty if that is nothing. */
    static Optional<ExtensionLoader> loader(Shell shell) {
        var folders = new ArrayList<Path>(List.of(shell.installation().extensions()));
        Optional.ofNullable(shell.surroundings().environment().get(FOLDER))
                .filter(folder -> !folder.isBlank())
                .map(shell.surroundings().directory()::resolve)
                .ifPresent(folders::add);
        return ExtensionLoader.of(folders, ExtensionJars::isBuiltIn);
    }

    private static boolean isBuiltIn(Class<? extends Provider> kind, String name) {
        if (kind == FunctionProvider.class) {
            return Expressions.isOfSpark(name);
        }
        return names(kind).stream().anyMatch(name::equalsIgnoreCase);
    }

    private static List<String> names(Class<? extends Provider> kind) {
        if (kind == SinkProvider.class) {
            return OutputKeys.media();
        }
        return kind == FormatProvider.class ? SourceKeys.FORMATS : Generators.names();
    }

    /** Refuses to go on with a jar that cannot be used: who put it there relies on it. */
    static void requireUsable() {
        var refused = Extensions.current().refused();
        if (!refused.isEmpty()) {
            throw new CommandException(
                    Exit.NOT_READY,
                    refused.stream().map(Extensions.Refusal::message).collect(Collectors.joining("\n")));
        }
    }

    /** What {@code pipeline} asks of sinks and formats that there are not, or not so. */
    static List<Problem> problems(Pipeline pipeline) {
        var sinks = pipeline.outputs().stream()
                .flatMap(output -> output.asCustom().stream())
                .flatMap(output -> problems(output).stream());
        var formats = pipeline.source().format().provided().stream().flatMap(format -> problems(format).stream());
        return Stream.concat(sinks, formats).toList();
    }

    private static List<Problem> problems(Output.Custom output) {
        var asked = new ProviderRequest<>(SinkProvider.class, output.sink(), output.settings(), output.place());
        return asked.problems(SinkProvider::settings);
    }

    private static List<Problem> problems(ProvidedFormat format) {
        var asked = new ProviderRequest<>(FormatProvider.class, format.name(), format.settings(), format.place());
        var problems = asked.problems(FormatProvider::settings);
        if (!problems.isEmpty()) {
            return problems;
        }
        try {
            format.provider().open(format.settings());
            return List.of();
        } catch (IllegalArgumentException e) {
            return List.of(new Problem(
                    format.place(),
                    "the format '%s' cannot be used: %s".formatted(format.name(), Reason.of(e)),
                    "correct 'with'"));
        }
    }

    /** What a definition asks of an extension. */
    private record ProviderRequest<T extends Provider>(
            Class<T> kind, String name, Map<String, String> settings, Place place) {
        private List<Problem> problems(Function<T, Set<String>> settingsOf) {
            var all = Extensions.current().of(kind).stream()
                    .map(Extensions.Found::provider)
                    .toList();
            return all.stream()
                    .filter(it -> it.name().equals(name))
                    .findFirst()
                    .map(it -> unknown(settingsOf.apply(it)))
                    .orElseGet(() ->
                            List.of(missing(all.stream().map(Provider::name).toList())));
        }

        private Problem missing(List<String> known) {
            return new Problem(
                    place,
                    "there is no %s '%s'".formatted(ExtensionLoader.word(kind), name),
                    known.isEmpty()
                            ? "put the jar that brings it into lib/ext, or into the folder of " + FOLDER
                            : Problems.hint(name, known));
        }

        private List<Problem> unknown(Set<String> known) {
            return settings.keySet().stream()
                    .filter(key -> !known.contains(key))
                    .sorted()
                    .map(key -> new Problem(
                            place,
                            "the %s '%s' has no setting '%s'".formatted(ExtensionLoader.word(kind), name, key),
                            known.isEmpty() ? "remove 'with'" : Problems.hint(key, known)))
                    .toList();
        }
    }

    /** The kinds of providers, in the order in which lists show them. */
    static List<Class<? extends Provider>> kinds() {
        return List.of(SinkProvider.class, FormatProvider.class, GeneratorProvider.class, FunctionProvider.class);
    }
}
