package dev.tandem.app;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.app.json.Json;
import dev.tandem.app.schedule.Timetable;
import dev.tandem.app.schedule.UnusableSchedule;
import dev.tandem.diff.AttachFile;
import dev.tandem.engine.definition.Expressions;
import dev.tandem.model.DefinitionException;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Place;
import dev.tandem.model.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Whether definitions are valid: all problems of all of them at once, without changing or starting anything. */
@Command(name = "check", description = "Validates definitions and reports every fault; reads no data.")
final class CheckVerb implements Verb {
    private static final Duration AHEAD = Duration.ofDays(730);

    @Parameters(arity = "0..*", paramLabel = "PIPELINE", description = "names, or paths of definitions (default: all)")
    private List<String> names = List.of();

    @Option(names = "--functions", description = "list the functions that expressions may call")
    private boolean functions;

    @Mixin
    private ProfileOption profile = new ProfileOption();

    @Override
    public Exit run(Shell shell) {
        ExtensionJars.requireUsable();
        if (functions) {
            shell.answer(String.join("\n", Expressions.functions()));
            return Exit.FINE;
        }
        var pipelines = shell.pipelines();
        var chosen = names.isEmpty()
                ? List.copyOf(pipelines.all().values())
                : names.stream().map(pipelines::find).toList();
        var chosenProfile = profile.chosen(shell);
        var checked = new ArrayList<Checked>();
        var tables = new SharedTables();
        for (var found : chosen) {
            var alone = checked(found, chosenProfile, shell);
            checked.add(alone.valid() ? besideOthers(alone, found.read(chosenProfile), found, tables) : alone);
        }
        answer(shell, checked);
        return checked.stream().allMatch(Checked::valid) ? Exit.FINE : Exit.INVALID;
    }

    /** What is wrong with a definition, and what is odd but allowed. */
    record Checked(String shown, Optional<DefinitionException> wrong, List<String> odd) {
        boolean valid() {
            return wrong.isEmpty();
        }
    }

    /** The same definition together with those that were checked before it. */
    private static Checked besideOthers(Checked alone, Pipeline pipeline, Pipelines.Found found, SharedTables tables) {
        var text = DefinitionCheck.text(found);
        var problems = tables.problems(pipeline, text);
        return problems.isEmpty()
                ? alone
                : new Checked(
                        alone.shown(), Optional.of(new DefinitionException(found.shown(), text, problems)), List.of());
    }

    static Checked checked(Pipelines.Found found, Optional<String> profile, Shell shell) {
        try {
            var pipeline = found.read(profile);
            var text = DefinitionCheck.text(found);
            if (pipeline.isAttached()) {
                var unused = AttachFile.read(found.file(), found.shown(), profile, pipeline);
            }
            var problems = new ArrayList<>(DefinitionCheck.problems(pipeline));
            problems.addAll(DefinitionCheck.headers(pipeline, Hostings.workspace(shell), text));
            schedule(pipeline, text).ifPresent(problems::add);
            return problems.isEmpty()
                    ? new Checked(
                            found.shown(),
                            Optional.empty(),
                            skipped(pipeline, shell.clock().instant()))
                    : new Checked(
                            found.shown(),
                            Optional.of(new DefinitionException(found.shown(), text, problems)),
                            List.of());
        } catch (DefinitionException wrong) {
            return new Checked(found.shown(), Optional.of(wrong), List.of());
        }
    }

    private static Optional<Problem> schedule(Pipeline pipeline, String text) {
        return pipeline.batch().schedule().flatMap(schedule -> {
            try {
                var unused = Timetable.of(schedule);
                return Optional.empty();
            } catch (UnusableSchedule e) {
                return Optional.of(new Problem(placeOf(e, text), e.what(), e.hint()));
            }
        });
    }

    /** The line that says it: a schedule does not know its place. */
    private static Place placeOf(UnusableSchedule unusable, String text) {
        var lines = text.lines().toList();
        var sought = unusable.value().isEmpty() ? unusable.key() : unusable.value();
        for (int number = 0; number < lines.size(); number++) {
            int column = lines.get(number).indexOf(sought);
            if (column >= 0 && lines.get(number).contains(unusable.key() + ":")) {
                return new Place(number + 1, column + 1, sought.length());
            }
        }
        return Place.NOWHERE;
    }

    private static List<String> skipped(Pipeline pipeline, Instant now) {
        return pipeline.batch().schedule().map(Timetable::of).stream()
                .flatMap(timetable -> timetable.skipped(now, now.plus(AHEAD)).stream()
                        .map(time ->
                                "the batch of %s is skipped: clocks in %s go forward over that time; choose another cron line or zone"
                                        .formatted(time, timetable.zone())))
                .toList();
    }

    private static void answer(Shell shell, List<Checked> checked) {
        if (shell.json()) {
            shell.answer(json(checked));
            return;
        }
        for (var one : checked) {
            one.wrong().ifPresent(wrong -> shell.progress().error(wrong.told()));
            if (one.valid()) {
                shell.answer("✔ " + one.shown());
            }
            one.odd().forEach(line -> shell.answer("▲ %s  %s".formatted(one.shown(), line)));
        }
    }

    private static ObjectNode json(List<Checked> checked) {
        var document = Json.document("check");
        var all = document.putArray("definitions");
        for (var one : checked) {
            var node = all.addObject().put("file", one.shown()).put("valid", one.valid());
            problems(
                    node.putArray("problems"),
                    one.wrong().map(DefinitionException::problems).orElse(List.of()));
            var warnings = node.putArray("warnings");
            one.odd().forEach(warnings::add);
        }
        return document;
    }

    private static void problems(ArrayNode into, List<Problem> problems) {
        for (var problem : problems) {
            into.addObject()
                    .put("line", problem.place().line())
                    .put("column", problem.place().column())
                    .put("what", problem.what())
                    .put("hint", problem.hint())
                    .put("mend", problem.hint()); // Deprecated alias of "hint"; removed in 0.3.
        }
    }
}
