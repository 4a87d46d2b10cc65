package dev.tandem.app;

import dev.tandem.app.json.Json;
import dev.tandem.app.run.RunNote;
import dev.tandem.app.run.Workspace;
import dev.tandem.app.schedule.Timetable;
import dev.tandem.app.schedule.UnusableSchedule;
import dev.tandem.model.DefinitionException;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Plans;
import dev.tandem.model.View;
import dev.tandem.model.extension.Extensions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Lists pipelines, or what definitions can be made of. A definition that cannot be read is listed as such, so that it does not hide
 * the others; so is an extension.
 */
@Command(name = "list", description = "Lists pipelines with source, views and schedule.")
final class ListVerb implements Verb {
    private static final String NOBODY = "nobody";

    @Option(
            names = "--kinds",
            description = "list what a definition can name instead: sources, sinks, measures, …, each with its origin")
    private boolean kinds;

    @Override
    public Exit run(Shell shell) {
        if (kinds) {
            new Kinds(Extensions.current()).answer(shell);
            return Exit.FINE;
        }
        var lines = new ArrayList<Line>();
        var workspace = Hostings.workspace(shell);
        shell.pipelines().all().forEach((name, found) -> lines.add(line(name, found, workspace)));
        if (shell.json()) {
            json(shell, lines);
        } else {
            shell.answer(
                    lines.isEmpty() ? none() : lines.stream().map(Line::told).collect(Collectors.joining("\n")));
        }
        return Exit.FINE;
    }

    private static String none() {
        return "There is no pipeline here: write pipelines/<name>/pipeline.yaml.";
    }

    private static Line line(String name, Pipelines.Found found, Workspace workspace) {
        try {
            var pipeline = found.read();
            return new Line(name, found.shown(), pipeline.about(), details(pipeline, workspace));
        } catch (DefinitionException invalid) {
            var about = "✖ %d problem(s): see 'tandem check %s'"
                    .formatted(invalid.problems().size(), name);
            return new Line(name, found.shown(), about, new Details("–", List.of(), "–", Optional.empty()));
        }
    }

    private static Details details(Pipeline pipeline, Workspace workspace) {
        var source = pipeline.source()
                .fold(
                        kafka -> "kafka " + kafka.names(),
                        files -> "files " + files.folder(),
                        rows -> rows.place().told());
        var schedule = pipeline.batch().schedule().map(ListVerb::told).orElse("–");
        var runner = pipeline.batch()
                .schedule()
                .map(any -> RunNote.read(workspace, pipeline.name()).stream()
                        .findFirst()
                        .map(it -> it.verb().word())
                        .orElse(NOBODY));
        return new Details(source, pipeline.views().stream().map(View::name).toList(), schedule, runner);
    }

    private static String told(Plans.Schedule schedule) {
        try {
            return Timetable.of(schedule).told();
        } catch (UnusableSchedule e) {
            return "✖ " + e.what();
        }
    }

    private static void json(Shell shell, List<Line> lines) {
        var document = Json.document("list");
        var all = document.putArray("pipelines");
        for (var line : lines) {
            var one = all.addObject()
                    .put("name", line.name())
                    .put("file", line.file())
                    .put("about", line.about())
                    .put("source", line.details().source())
                    .put("schedule", line.details().schedule())
                    .put("scheduled_by", line.details().runner().orElse(null));
            var views = one.putArray("views");
            line.details().views().forEach(views::add);
        }
        shell.answer(document);
    }

    /** {@code runner} is the verb that runs the schedule, or nobody; empty where there is none. */
    private record Details(String source, List<String> views, String schedule, Optional<String> runner) {
        String scheduleTold(String pipeline) {
            return schedule
                    + runner.map(it -> it.equals(NOBODY)
                                    ? "; nobody runs it: ./tandem start %1$s, or ./tandem schedule %1$s"
                                            .formatted(pipeline)
                                    : "; 'tandem %s' runs it".formatted(it))
                            .orElse("");
        }
    }

    private record Line(String name, String file, String about, Details details) {
        String told() {
            var views = details.views();
            return "%s  %s%n  source    %s%n  views     %s%n  schedule  %s%n  file      %s%n"
                    .formatted(
                            name,
                            about,
                            details.source(),
                            views.isEmpty() ? "–" : String.join(", ", views),
                            details.scheduleTold(name),
                            file);
        }
    }
}
