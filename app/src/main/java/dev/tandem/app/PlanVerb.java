package dev.tandem.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.app.json.Json;
import dev.tandem.app.run.PlanJob;
import dev.tandem.app.run.PlanJob.Plan;
import dev.tandem.model.DefinitionChange.Part;
import dev.tandem.model.DefinitionChange.Way;
import java.util.Locale;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what follows from a changed definition before anything is done about it. */
@Command(
        name = "plan",
        description = "Compares a definition with the one that its stream ran last.",
        footer = "Says what a change needs: nothing, 'stream --rebuild', or a new name.")
final class PlanVerb implements Verb {
    @Parameters(paramLabel = "PIPELINE", description = "its name, or the path of its definition")
    private String name = "";

    @Option(names = "--forget", description = "delete the results that the last 'stream --rebuild' has replaced")
    private boolean forget;

    @Mixin
    private ProfileOption profile = new ProfileOption();

    @Override
    public Exit run(Shell shell) {
        var pipeline = DefinitionCheck.sound(shell.pipelines().find(name), profile.chosen(shell));
        var planning =
                new PlanJob(Hostings.of(shell, name), pipeline, shell.clock(), new ShellNarrator(shell.progress()));
        if (forget) {
            boolean deleted = planning.forget();
            Answers.answer(
                    shell,
                    deleted
                            ? "deleted: the results that the last rebuild of '%s' had replaced"
                                    .formatted(pipeline.name())
                            : "nothing to delete: no earlier results of '%s' are kept".formatted(pipeline.name()),
                    () -> Json.document("plan").put("pipeline", pipeline.name()).put("deleted", deleted));
            return Exit.FINE;
        }
        var plan = planning.plan();
        Answers.answer(shell, text(pipeline.name(), plan), () -> document(pipeline.name(), plan));
        return Exit.FINE;
    }

    private static String text(String pipeline, Plan plan) {
        var text = new StringBuilder();
        text.append(plan.ran()
                .map(it -> "'%s' compared with the run of %s\n".formatted(pipeline, it))
                .orElse("'%s' has not run as a stream here yet\n".formatted(pipeline)));
        for (var part : plan.change().parts()) {
            text.append("  %-14s %s: %s\n".formatted(part.effect().word(), part.key(), part.consequence()));
        }
        var views = new TreeSet<>(plan.change().views());
        if (!views.isEmpty()) {
            text.append("counted again: ").append(String.join(", ", views)).append('\n');
        }
        text.append(next(pipeline, plan));
        plan.kept()
                .ifPresent(since -> text.append(
                        "\nkept since %s: the results before the last rebuild, in tables named tandem_before_…; delete them with ./tandem plan %s --forget"
                                .formatted(since, pipeline)));
        return text.toString();
    }

    private static String next(String pipeline, Plan plan) {
        return switch (plan.change().way()) {
            case CONTINUE -> "the stream can go on: ./tandem stream %s".formatted(pipeline);
            case REBUILD ->
                "the results must be made again from the landed log: ./tandem stream %s --rebuild".formatted(pipeline);
            case IMPOSSIBLE ->
                "the stream cannot go on: give the definition a new name and new tables, or a new --home";
        };
    }

    private static ObjectNode document(String pipeline, Plan plan) {
        var document = Json.document("plan").put("pipeline", pipeline);
        plan.ran().ifPresent(it -> document.put("ran", it.toString()));
        document.put("way", word(plan.change().way()));
        var changes = document.putArray("changes");
        for (Part part : plan.change().parts()) {
            changes.addObject()
                    .put("effect", part.effect().word())
                    .put("key", part.key())
                    .put("consequence", part.consequence());
        }
        var views = document.putArray("views");
        new TreeSet<>(plan.change().views()).forEach(views::add);
        plan.kept().ifPresent(it -> document.put("kept_since", it.toString()));
        return document;
    }

    private static String word(Way way) {
        return way.name().toLowerCase(Locale.ROOT);
    }
}
