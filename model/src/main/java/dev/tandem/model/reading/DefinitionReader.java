package dev.tandem.model.reading;

import dev.tandem.model.DefinitionException;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Place;
import dev.tandem.model.Problem;
import dev.tandem.model.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads a definition from YAML 1.2 into a {@link Pipeline}, or tells everything that is wrong with it at once. Expressions are
 * carried unread; the engine checks them.
 */
public final class DefinitionReader {
    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_ALIASES = 50;

    private DefinitionReader() {}

    /** Reads {@code file}; {@code shown} is the name that messages use for it. */
    public static Pipeline read(Path file, String shown) {
        return read(file, shown, Optional.empty());
    }

    /**
     * Reads {@code file} with the keys of {@code profile} in the place of its own; the pipeline is then called
     * {@code <name>_<profile>}.
     */
    public static Pipeline read(Path file, String shown, Optional<String> profile) {
        return parse(text(file, shown), shown, profile);
    }

    /** The same, asking {@code fields} where the definition says {@code schema: registry}. */
    public static Pipeline read(Path file, String shown, Optional<String> profile, SubjectFields fields) {
        return parse(text(file, shown), shown, profile, Optional.of(fields));
    }

    /** The names of the profiles in {@code file}, which may be wrong in anything but its layout. */
    public static List<String> profiles(Path file, String shown) {
        return Profiles.names(compose(text(file, shown), shown, new Problems()));
    }

    /**
     * The mapping in another kind of file, read as strictly as a definition: {@code reader} asks for its keys and notes what is wrong with
     * them.
     *
     * @throws DefinitionException if anything is wrong, with everything at once
     */
    public static <T> T mapping(Path file, String shown, BiFunction<YamlMap, Problems, T> reader) {
        var text = text(file, shown);
        var problems = new Problems();
        var root = new MergeKeys(problems).writtenOut(compose(text, shown, problems));
        var map = YamlMap.of(root, "the file", problems);
        var read = reader.apply(map, problems);
        map.refuseOthers();
        if (!problems.none()) {
            throw new DefinitionException(shown, text, problems.all());
        }
        return read;
    }

    /**
     * One section of a definition that another module understands: {@code reader} is given the mapping under {@code key}, as {@code profile}
     * changes it, and notes what is wrong with it. The rest of the definition is not read.
     *
     * @throws DefinitionException if anything is wrong with the section, with everything at once
     */
    public static <T> T section(Section section, BiFunction<YamlMap, Problems, T> reader) {
        var text = text(section.file(), section.shown());
        var problems = new Problems();
        var whole = new MergeKeys(problems).writtenOut(compose(text, section.shown(), problems));
        var root = section.profile().map(name -> Profiles.chosen(whole, name)).orElse(whole);
        var map = YamlMap.of(root, "a definition", problems).map(section.key());
        var read = map.map(it -> reader.apply(it, problems));
        map.ifPresent(YamlMap::refuseOthers);
        if (read.isEmpty()) {
            problems.add(
                    Place.NOWHERE,
                    "the key '%s' is missing".formatted(section.key()),
                    "add it in the place of 'outputs'");
        }
        if (!problems.none()) {
            throw new DefinitionException(section.shown(), text, problems.all());
        }
        return read.orElseThrow();
    }

    /**
     * Where a section stands.
     *
     * @param shown the name that messages use for the file
     */
    public record Section(Path file, String shown, Optional<String> profile, String key) {}

    private static String text(Path file, String shown) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw unreadable(shown, "the file is over 1 MiB", "split it");
            }
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            throw unreadable(shown, "the file is not UTF-8 text", "save it as UTF-8");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read definition %s: %s".formatted(shown, Reason.of(e)), e);
        }
    }

    private static DefinitionException unreadable(String shown, String what, String hint) {
        return new DefinitionException(shown, "", List.of(new Problem(Place.NOWHERE, what, hint)));
    }

    /** Reads a definition from its text. */
    public static Pipeline parse(String text, String shown) {
        return parse(text, shown, Optional.empty());
    }

    /** Reads a definition from its text, with the keys of {@code profile} in the place of its own. */
    public static Pipeline parse(String text, String shown, Optional<String> profile) {
        return parse(text, shown, profile, Optional.empty());
    }

    private static Pipeline parse(String text, String shown, Optional<String> profile, Optional<SubjectFields> fields) {
        if (text.length() > MOST_BYTES) {
            throw unreadable(shown, "the file is over 1 MiB", "split it");
        }
        var problems = new Problems();
        var root = compose(text, shown, problems);
        if (new Canonical().of(root).isEmpty()) {
            problems.add(Place.NOWHERE, "the aliases repeat too much or themselves", "write it out without aliases");
            throw new DefinitionException(shown, text, problems.all());
        }
        var whole = new MergeKeys(problems).writtenOut(root);
        var written = profile.map(name -> Profiles.chosen(whole, name)).orElse(whole);
        var chosen = fields.map(it -> RegistrySchema.writtenOut(written, it)).orElse(written);
        var meaning = new Canonical().of(chosen).orElse("") + profile.orElse("");
        var pipeline = new PipelineReading(problems, profile).read(chosen, hash(meaning), Canonical.parts(chosen));
        if (!problems.none()) {
            throw new DefinitionException(shown, text, problems.all());
        }
        return pipeline;
    }

    private static Node compose(String text, String shown, Problems problems) {
        var settings = LoadSettings.builder()
                .setLabel(shown)
                .setMaxAliasesForCollections(MOST_ALIASES)
                .setCodePointLimit(MOST_BYTES)
                .build();
        try {
            var tooDeep = Depth.exceeded(new Parse(settings).parseString(text));
            if (tooDeep.isPresent()) {
                problems.add(tooDeep.get(), "this is nested deeper than " + Depth.DEEPEST, "write it flatter");
                throw new DefinitionException(shown, text, problems.all());
            }
            var node = new Compose(settings).composeString(text);
            if (node.isPresent()) {
                return node.get();
            }
            problems.add(Place.NOWHERE, "the definition is empty", "begin with 'pipeline: <name>'");
        } catch (MarkedYamlEngineException e) {
            var place = e.getProblemMark()
                    .map(mark -> new Place(mark.getLine() + 1, mark.getColumn() + 1, 1))
                    .orElse(Place.NOWHERE);
            problems.add(place, "this is not YAML: " + e.getProblem(), "fix the layout here or just above");
        } catch (YamlEngineException e) {
            problems.add(Place.NOWHERE, "this is not YAML: " + Reason.of(e), "fix the layout");
        }
        throw new DefinitionException(shown, text, problems.all());
    }

    private static String hash(String canonical) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(canonical.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
