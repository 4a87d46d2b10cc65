package dev.tandem.app;

import dev.tandem.model.Pipeline;
import dev.tandem.model.Reason;
import dev.tandem.model.reading.DefinitionReader;
import dev.tandem.model.reading.Problems;
import dev.tandem.model.reading.SubjectFields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Where definitions are found: {@code pipelines/<name>/pipeline.yaml} in the current folder first, then among those that ship,
 * or wherever a path points to.
 */
public final class Pipelines {
    private static final String FILE = "pipeline.yaml";

    private final Path directory;
    private final Path shipped;
    private final Function<Path, SubjectFields> fields;

    /**
     * {@code directory} is the current folder, {@code shipped} holds what ships; {@code fields} knows, for a definition in a folder, the
     * fields of a schema registry.
     */
    Pipelines(Path directory, Path shipped, Function<Path, SubjectFields> fields) {
        this.directory = directory;
        this.shipped = shipped;
        this.fields = fields;
    }

    /** The file of a definition, and its name in messages: relative to the current folder if it is below it. */
    public record Found(Path file, String shown, SubjectFields fields) {
        public Pipeline read() {
            return read(Optional.empty());
        }

        /** Reads it as {@code profile} changes it. */
        public Pipeline read(Optional<String> profile) {
            return DefinitionReader.read(file, shown, profile, fields);
        }

        /** The refusal to run a definition with {@code attach}, which has no results of its own. */
        CommandException isAttached() {
            return new CommandException(
                    Exit.INVALID,
                    "Cannot run %s: it has 'attach' and no outputs, so it explains the tables of other jobs; use ./tandem attach, or write 'outputs' in its place"
                            .formatted(shown));
        }

        /** The folder that the definition's other files lie in. */
        public Path folder() {
            return file.resolveSibling("");
        }
    }

    /** Finds and reads a pipeline that can be run, by name, by its folder or by its file. */
    public Pipeline read(String nameOrPath) {
        return read(nameOrPath, Optional.empty());
    }

    /** The same as {@code profile} changes it. */
    public Pipeline read(String nameOrPath, Optional<String> profile) {
        var found = find(nameOrPath);
        var pipeline = found.read(profile);
        if (pipeline.isAttached()) {
            throw found.isAttached();
        }
        return pipeline;
    }

    public Found find(String nameOrPath) {
        var all = all();
        var named = all.get(nameOrPath);
        if (named != null) {
            return named;
        }
        var path = directory.resolve(nameOrPath).normalize();
        if (Files.isRegularFile(path)) {
            return found(path);
        }
        if (Files.isRegularFile(path.resolve(FILE))) {
            return found(path.resolve(FILE));
        }
        throw new CommandException(
                Exit.INVALID,
                "Cannot find the pipeline '%s': there is neither pipelines/%s/%s nor such a file; %s"
                        .formatted(nameOrPath, nameOrPath, FILE, hint(nameOrPath, List.copyOf(all.keySet()))));
    }

    private static String hint(String name, List<String> known) {
        return known.isEmpty() ? "give the path of a definition" : Problems.hint(name, known);
    }

    /** Every pipeline that has a name here, by that name; one in the current folder hides one that ships. */
    public Map<String, Found> all() {
        var all = new TreeMap<String, Found>();
        collect(shipped, all);
        collect(directory.resolve("pipelines"), all);
        return new LinkedHashMap<>(all);
    }

    private void collect(Path folder, Map<String, Found> into) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var folders = Files.newDirectoryStream(folder, each -> Files.isRegularFile(each.resolve(FILE)))) {
            for (var each : folders) {
                into.put(each.getFileName().toString(), found(each.resolve(FILE)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list %s: %s".formatted(folder, Reason.of(e)), e);
        }
    }

    private Found found(Path file) {
        return new Found(
                file,
                file.startsWith(directory) ? directory.relativize(file).toString() : file.toString(),
                subject -> fields.apply(file.resolveSibling("")).of(subject));
    }
}
