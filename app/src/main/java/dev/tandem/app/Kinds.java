package dev.tandem.app;

import dev.tandem.app.json.Json;
import dev.tandem.engine.definition.Expressions;
import dev.tandem.feed.Generators;
import dev.tandem.model.Measure;
import dev.tandem.model.extension.ExtensionLoader;
import dev.tandem.model.extension.Extensions;
import dev.tandem.model.keys.OutputKeys;
import dev.tandem.model.keys.Scalars;
import dev.tandem.model.keys.SourceKeys;
import dev.tandem.model.keys.StepKeys;
import dev.tandem.model.keys.ViewKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Everything that a definition can name, with its origin: built in, or a jar. */
record Kinds(Extensions extensions) {
    private static final String BUILT_IN = "built in";

    private record Line(String kind, String name, String origin) {
        String shown() {
            return "%-10s %-20s %s".formatted(kind, name, origin);
        }
    }

    void answer(Shell shell) {
        if (shell.json()) {
            json(shell);
            return;
        }
        var text = lines().stream().map(Line::shown).collect(Collectors.joining("\n"));
        shell.answer(text);
        extensions.refused().forEach(refusal -> shell.answer("✖ " + refusal.message()));
    }

    private void json(Shell shell) {
        var document = Json.document("list");
        var kinds = document.putArray("kinds");
        lines().forEach(line -> kinds.addObject()
                .put("kind", line.kind())
                .put("name", line.name())
                .put("origin", line.origin()));
        var refused = document.putArray("refused");
        extensions
                .refused()
                .forEach(refusal -> refused.addObject()
                        .put("jar", refusal.jar())
                        .put("what", refusal.what())
                        .put("hint", refusal.hint()));
        shell.answer(document);
    }

    private List<Line> lines() {
        var lines = new ArrayList<Line>();
        builtIn(lines, "source", SourceKeys.KINDS);
        builtIn(lines, "format", SourceKeys.FORMATS);
        builtIn(lines, "step", StepKeys.STEP.names());
        builtIn(lines, "window", ViewKeys.WINDOWS);
        builtIn(lines, "measure", Measure.Kind.words());
        builtIn(lines, "sink", OutputKeys.builtIn());
        builtIn(lines, "database", Scalars.DATABASES);
        builtIn(lines, "generator", Generators.names());
        for (var kind : ExtensionJars.kinds()) {
            extensions
                    .of(kind)
                    .forEach(found -> lines.add(new Line(
                            ExtensionLoader.word(kind), found.provider().name(), found.jar())));
        }
        lines.add(new Line("function", "%d of Spark".formatted(ofSpark()), "built in: see 'tandem check --functions'"));
        return lines;
    }

    private static void builtIn(List<Line> lines, String kind, List<String> names) {
        names.forEach(name -> lines.add(new Line(kind, name, BUILT_IN)));
    }

    private static long ofSpark() {
        return Expressions.functions().stream().filter(Expressions::isOfSpark).count();
    }
}
