package dev.tandem.app.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.app.capsule.Capsule;
import dev.tandem.app.capsule.CapsuleFile;
import dev.tandem.app.capsule.CapsuleJson;
import dev.tandem.engine.EngineException;
import dev.tandem.model.Dimension;
import dev.tandem.model.Format;
import dev.tandem.model.Output;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Reason;
import dev.tandem.model.Source;
import dev.tandem.model.View;
import dev.tandem.parity.explain.Answer;
import dev.tandem.parity.explain.AnswerJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Makes capsules and plays them: in a state folder of its own, with nothing but the capsule and a file as database. */
public final class Capsules {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FOLDER = "capsule";
    private static final String DATABASE = "sqlite";
    private static final String DEFINITION = "pipeline.yaml";

    /** How a definition is read from its file. */
    public interface Definitions {
        Pipeline read(Path file, Optional<String> profile);
    }

    /** @param mask the fields whose texts are replaced */
    public record Request(
            Pipeline pipeline, RowQuestion question, String text, Optional<String> profile, List<String> mask) {}

    /** A capsule that was made and reproduces the row. */
    public record Result(int records, int microBatches, Answer answer) {}

    /** A capsule that was played; {@code reproduced} if each number and each cause is as expected. */
    public record Played(String pipeline, boolean reproduced, JsonNode expected, Answer answer) {}

    private final Hosting hosting;
    private final Definitions definitions;
    private final Clock clock;
    private final Narrator narrator;

    public Capsules(Hosting hosting, Definitions definitions, Clock clock, Narrator narrator) {
        this.hosting = hosting;
        this.definitions = definitions;
        this.clock = clock;
        this.narrator = narrator;
    }

    /** Writes the capsule of a row to {@code file}, after it has been played and has reproduced the row. */
    public Result make(Request request, Path file) throws InterruptedException {
        var pipeline = request.pipeline();
        if (pipeline.source().format().kind() == Format.Kind.AVRO) {
            throw new EngineException(
                    "Cannot make a capsule of '%s': its records are Avro, whose schemas are in a registry"
                            .formatted(pipeline.name()));
        }
        CapsuleJob.CapsulePair made;
        var latest = new Hosting(hosting.workspace().latest(pipeline.name()), hosting.environment(), hosting.master());
        try (var job =
                Job.open(latest, pipeline, Job.Servers.DATABASES, DimensionFiles.Version.KEPT, clock, narrator)) {
            var definition = new Capsule.Definition(request.text(), request.profile(), new TreeMap<>());
            made = job.capsule().run(request.question(), definition, request.mask());
        }
        var capsule = made.masked();
        narrator.tell("playing the capsule");
        var answer = played(capsule);
        var found = numbers(answer);
        boolean same = request.mask().isEmpty() ? found.equals(capsule.expected()) : alike(capsule.expected(), found);
        if (!same) {
            throw notReproduced(request, capsule.expected(), found);
        }
        CapsuleFile.write(file, CapsuleJson.entries(capsule.expecting(found)));
        return new Result(capsule.records().size(), capsule.microBatches().size(), answer);
    }

    private static EngineException notReproduced(Request request, JsonNode expected, JsonNode found) {
        var hint = request.mask().isEmpty()
                ? "the tables hold what no record explains, or the modes joined with different dimensions; look at it with ./tandem explain"
                : "a step, a view or a dimension reads what the texts of %s say; mask fewer fields"
                        .formatted(String.join(", ", request.mask()));
        return new EngineException("Cannot make a capsule of '%s': played, it gives %s instead of %s; %s"
                .formatted(request.pipeline().name(), brief(found), brief(expected), hint));
    }

    private static String brief(JsonNode numbers) {
        var text = numbers.toString();
        return text.length() > 400 ? text.substring(0, 400) + "…" : text;
    }

    /** Plays the capsule in {@code file}. */
    public Played play(Path file) throws InterruptedException {
        var capsule = CapsuleJson.read(CapsuleFile.read(file), file);
        var answer = played(capsule);
        return new Played(
                capsule.about().pipeline(), numbers(answer).equals(capsule.expected()), capsule.expected(), answer);
    }

    private Answer played(Capsule capsule) throws InterruptedException {
        var workspace = hosting.workspace().inside(FOLDER);
        return workspace.whileClaimed(() -> {
            workspace.empty();
            var pipeline = pipeline(capsule, workspace);
            new DimensionFiles(workspace, pipeline).restore(capsule.definition().dimensions());
            try (var job = Job.open(
                    Hosting.local(workspace),
                    pipeline,
                    Job.Servers.DATABASES,
                    DimensionFiles.Version.KEPT,
                    clock,
                    narrator)) {
                job.capsuleStream().run(capsule);
                var store = job.store();
                var cut = capsule.about().cut();
                var over = new BatchJob.Over(store.log(), cut, BatchJob.watermarks(store.ledgerReader(), cut));
                job.batch().run(over, Optional.empty());
                var asked = capsule.about().asked();
                return job.explanation()
                        .run(new RowQuestion(
                                Optional.of(asked.view()), asked.key(), asked.window(), Optional.of(asked.row()), 5));
            }
        });
    }

    /** The definition with the tables of the view, and of the one that it ranks, and nothing else. */
    private Pipeline pipeline(Capsule capsule, Workspace workspace) {
        var file = workspace.file(DEFINITION);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, capsule.definition().text());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write %s: %s".formatted(file, Reason.of(e)), e);
        }
        var definition = definitions.read(file, capsule.definition().profile());
        definition.dimensions().forEach(Capsules::requireInside);
        var view = capsule.about().asked().view();
        var views = Stream.concat(
                        Stream.of(view), definition.view(view).flatMap(View::asTop).map(View.Top::from).stream())
                .toList();
        var tables = definition.tables().stream()
                .filter(it -> it.what().isView() && views.contains(it.what().name()))
                .map(it -> (Output) new Output.Table(it.what(), it.table(), DATABASE, it.key(), it.only()))
                .toList();
        return definition.storing(tables, new Source.Landing.Segments(Source.Landing.Segments.FOLDER, DATABASE));
    }

    /** What lies elsewhere on this machine is none of a capsule's business. */
    private static void requireInside(Dimension dimension) {
        var path = Path.of(dimension.file()).normalize();
        if (path.isAbsolute() || path.startsWith("..")) {
            throw new EngineException(
                    "Cannot use the definition in a capsule: its dimension '%s' is the file %s, which does not begin in the state folder"
                            .formatted(dimension.name(), dimension.file()));
        }
    }

    /** What must come out again: each number of the row, step by step from the stream's to the batch's. */
    static JsonNode numbers(Answer answer) {
        var document = JsonNodeFactory.instance.objectNode();
        AnswerJson.write(answer, document);
        var all = JsonNodeFactory.instance.arrayNode();
        document.path("explained").forEach(it -> {
            var row = all.addObject();
            for (var name : List.of("view", "window_start", "window_end", "key", "closed", "measures")) {
                row.set(name, it.path(name));
            }
            var causes = row.putObject("causes");
            it.path("causes")
                    .forEach(cause -> causes.put(
                            cause.path("cause").asText(), cause.path("records").asLong()));
        });
        try {
            // As a file has them: a whole number is one kind of node there, and several here.
            return JSON.readTree(JSON.writeValueAsBytes(all));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether two are the same but for texts, which have pseudonyms in one of them. */
    private static boolean alike(JsonNode left, JsonNode right) {
        if (left instanceof ObjectNode && right instanceof ObjectNode) {
            return left.size() == right.size()
                    && left.properties().stream()
                            .allMatch(it -> right.has(it.getKey()) && alike(it.getValue(), right.get(it.getKey())));
        }
        if (left instanceof ArrayNode && right instanceof ArrayNode) {
            boolean same = left.size() == right.size();
            for (int index = 0; same && index < left.size(); index++) {
                same = alike(left.get(index), right.get(index));
            }
            return same;
        }
        return left.equals(right) || (isWord(left) && isWord(right));
    }

    private static boolean isWord(JsonNode value) {
        if (!value.isTextual()) {
            return false;
        }
        try {
            new BigDecimal(value.textValue());
            return false;
        } catch (NumberFormatException isNone) {
            return true;
        }
    }
}
