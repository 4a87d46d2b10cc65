package dev.tandem.app;

import dev.tandem.engine.definition.Expressions;
import dev.tandem.feed.Generators;
import dev.tandem.model.Output;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Problem;
import dev.tandem.model.extension.ExtensionLoader;
import dev.tandem.model.extension.Extensions;
import dev.tandem.model.extension.FunctionProvider;
import dev.tandem.model.extension.GeneratorProvider;
import dev.tandem.model.extension.Provider;
import dev.tandem.model.extension.SinkProvider;
import dev.tandem.model.keys.OutputKeys;
import dev.tandem.model.reading.Problems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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
        var names = kind == SinkProvider.class ? OutputKeys.media() : Generators.names();
        return names.stream().anyMatch(name::equalsIgnoreCase);
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

    /** What {@code pipeline} asks of sinks that there are not, or not so. */
    static List<Problem> problems(Pipeline pipeline) {
        return pipeline.outputs().stream()
                .flatMap(output -> output.asCustom().stream())
                .flatMap(output -> problems(output).stream())
                .toList();
    }

    private static List<Problem> problems(Output.Custom output) {
        var extensions = Extensions.current();
        var provider = extensions.sink(output.sink());
        if (provider.isEmpty()) {
            var known = extensions.of(SinkProvider.class).stream()
                    .map(found -> found.provider().name())
                    .toList();
            return List.of(new Problem(
                    output.place(),
                    "there is no sink '%s'".formatted(output.sink()),
                    known.isEmpty()
                            ? "put the jar that brings it into lib/ext, or into the folder of " + FOLDER
                            : Problems.hint(output.sink(), known)));
        }
        var settings = provider.get().settings();
        return output.settings().keySet().stream()
                .filter(key -> !settings.contains(key))
                .sorted()
                .map(key -> new Problem(
                        output.place(),
                        "the sink '%s' has no setting '%s'".formatted(output.sink(), key),
                        settings.isEmpty() ? "remove 'with'" : Problems.hint(key, settings)))
                .toList();
    }

    /** The kinds of providers, in the order in which lists show them. */
    static List<Class<? extends Provider>> kinds() {
        return List.of(SinkProvider.class, GeneratorProvider.class, FunctionProvider.class);
    }
}
