package dev.tandem.app;

import dev.tandem.app.run.SourceHeaders;
import dev.tandem.app.run.Workspace;
import dev.tandem.engine.definition.Expressions;
import dev.tandem.fold.Shape;
import dev.tandem.model.DefinitionException;
import dev.tandem.model.FieldType;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Place;
import dev.tandem.model.Problem;
import dev.tandem.model.Reason;
import dev.tandem.model.View;
import dev.tandem.store.Layout;
import dev.tandem.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What can be known to be wrong with a definition that could be read, before anything is started. Every verb that computes asks it
 * first, so that what {@code check} lets pass does not fail after servers and Spark are up.
 */
final class DefinitionCheck {
    private DefinitionCheck() {}

    /** The definition as {@code profile} changes it; throws {@link DefinitionException} if it cannot be run. */
    static Pipeline sound(Pipelines.Found found, Optional<String> profile) {
        var pipeline = checked(found, profile);
        if (pipeline.isAttached()) {
            throw found.isAttached();
        }
        return pipeline;
    }

    /** The same for a definition that is attached to the tables of other jobs. */
    static Pipeline attached(Pipelines.Found found, Optional<String> profile) {
        var pipeline = checked(found, profile);
        if (!pipeline.isAttached()) {
            throw new CommandException(
                    Exit.INVALID,
                    "Cannot attach '%s': %s has no 'attach', which names the tables of your jobs; write e.g. 'attach: { VIEW: { stream: dashboard.csv, batch: nightly.csv } }' in the place of 'outputs', or compare Tandem's own runs with ./tandem compare"
                            .formatted(pipeline.name(), found.shown()));
        }
        return pipeline;
    }

    private static Pipeline checked(Pipelines.Found found, Optional<String> profile) {
        ExtensionJars.requireUsable();
        var pipeline = found.read(profile);
        var problems = problems(pipeline);
        if (!problems.isEmpty()) {
            throw new DefinitionException(found.shown(), text(found), problems);
        }
        return pipeline;
    }

    static String text(Pipelines.Found found) {
        try {
            return Files.readString(found.file());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read %s: %s".formatted(found.shown(), Reason.of(e)), e);
        }
    }

    /** What is wrong with expressions and names. */
    static List<Problem> problems(Pipeline pipeline) {
        var problems = new ArrayList<>(Expressions.check(pipeline));
        problems.addAll(ExtensionJars.problems(pipeline));
        if (problems.isEmpty()) {
            pipeline.databases().forEach(database -> layout(pipeline, database).ifPresent(problems::add));
        }
        return problems;
    }

    /** Lays the tables out; of types, which only matter to the database, all are text here. */
    private static Optional<Problem> layout(Pipeline pipeline, String database) {
        var grouped = pipeline.grouped().stream().map(DefinitionCheck::shape).toList();
        var tops = pipeline.tops().stream()
                .flatMap(top -> grouped.stream()
                        .filter(shape -> shape.name().equals(top.from()))
                        .map(shape -> ranked(top, shape)));
        try {
            var unused = Layout.in(
                    database,
                    pipeline,
                    Stream.concat(grouped.stream(), tops).toList(),
                    columns(Expressions.fields(pipeline)));
            return Optional.empty();
        } catch (StoreException e) {
            return Optional.of(problem(Reason.of(e), Place.NOWHERE));
        }
    }

    private static Shape shape(View.Grouped view) {
        var values = Stream.concat(
                view.measures().stream().map(measure -> measure.name()),
                view.derive().stream().map(derived -> derived.name()));
        return new Shape(
                view.name(),
                view.window(),
                columns(view.by().stream().map(View.Key::name).toList()),
                columns(values.toList()));
    }

    private static Shape ranked(View.Top view, Shape of) {
        var values = new ArrayList<>(of.keys());
        values.addAll(of.measures());
        return new Shape(view.name(), of.window(), columns(List.of(View.Top.RANK)), values);
    }

    private static List<Shape.Column> columns(List<String> names) {
        return names.stream()
                .map(name -> new Shape.Column(name, FieldType.TEXT))
                .toList();
    }

    /** What is wrong with the headers of CSV files that are there. */
    static List<Problem> headers(Pipeline pipeline, Workspace workspace, String text) {
        return SourceHeaders.faults(pipeline, workspace).stream()
                .map(fault -> problem(fault.told(), line(text, fault.key() + ":")))
                .toList();
    }

    /** A message whose last clause, after a semicolon, is the hint. */
    private static Problem problem(String message, Place place) {
        int hint = message.lastIndexOf("; ");
        return hint < 0
                ? new Problem(place, message, "fix it")
                : new Problem(place, message.substring(0, hint), message.substring(hint + 2));
    }

    /** Where {@code sought} stands for the first time; nowhere if it does not. */
    private static Place line(String text, String sought) {
        var lines = text.lines().toList();
        for (int number = 0; number < lines.size(); number++) {
            int column = lines.get(number).indexOf(sought);
            if (column >= 0) {
                return new Place(number + 1, column + 1, sought.length());
            }
        }
        return Place.NOWHERE;
    }
}
