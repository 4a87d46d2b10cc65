package dev.tandem.model;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * One definition, read and checked. Both modes are compiled from this value and nothing else; {@code hash} (hex SHA-256 of what
 * the definition means, comments and layout left out) stands in every run made from it.
 */
public record Pipeline(
        String name,
        String about,
        String eventTime,
        ZoneId zone,
        Source source,
        Schema schema,
        List<Dimension> dimensions,
        List<Step> steps,
        Watermark watermark,
        Optional<Dedup> dedup,
        List<View> views,
        List<Output> outputs,
        Plans.Stream stream,
        Plans.Batch batch,
        Plans.Parity parity,
        Plans.Targets targets,
        Optional<Generate> generate,
        String hash,
        Meaning meaning) {
    public Pipeline {
        dimensions = List.copyOf(dimensions);
        steps = List.copyOf(steps);
        views = List.copyOf(views);
        outputs = List.copyOf(outputs);
    }

    /** The same definition over the rows of a table or a lake, each a JSON object of its columns. */
    public Pipeline ofRows() {
        return reading(Format.JSON, schema.underOwnNames());
    }

    /** The same definition over records that are written down in another way. */
    public Pipeline reading(Format format) {
        return reading(format, schema);
    }

    private Pipeline reading(Format format, Schema schema) {
        var other = source.fold(
                kafka -> new Source.Kafka(
                        kafka.topics(), format, kafka.group(), kafka.arrival(), kafka.capture(), kafka.landing()),
                files -> new Source.Files(
                        files.folder(),
                        format,
                        files.maxFiles(),
                        files.order(),
                        files.onBadFile(),
                        files.archive(),
                        files.landing()),
                rows -> new Source.Rows(rows.place(), rows.arrived(), rows.order(), format, rows.landing()));
        return with(name, other, schema, outputs);
    }

    /** The same definition under another name, its tables of records and results renamed by {@code table}. */
    public Pipeline renamed(String other, UnaryOperator<String> table) {
        var renamed = outputs.stream()
                .map(it -> it.asTable()
                        .<Output>map(out -> new Output.Table(
                                out.what(), table.apply(out.table()), out.database(), out.key(), out.only()))
                        .orElse(it))
                .toList();
        return with(other, source.landingIn(table), schema, renamed);
    }

    /**
     * The same definition with other outputs, its records landed elsewhere, and without run logs and a generator: it writes to
     * {@code others} and {@code landing} and nowhere else.
     */
    public Pipeline storing(List<Output> others, Source.Landing landing) {
        return new Pipeline(
                name,
                about,
                eventTime,
                zone,
                source.landing(landing),
                schema,
                dimensions,
                steps,
                watermark,
                dedup,
                views,
                others,
                stream.withoutLog(),
                batch.withoutLog(),
                parity,
                targets,
                Optional.empty(),
                hash,
                meaning);
    }

    private Pipeline with(String name, Source source, Schema schema, List<Output> outputs) {
        return new Pipeline(
                name,
                about,
                eventTime,
                zone,
                source,
                schema,
                dimensions,
                steps,
                watermark,
                dedup,
                views,
                outputs,
                stream,
                batch,
                parity,
                targets,
                generate,
                hash,
                meaning);
    }

    /** Whether it has no results of its own, but explains the tables of other jobs: a definition with {@code attach}. */
    public boolean isAttached() {
        return outputs.isEmpty();
    }

    public List<View.Grouped> grouped() {
        return views.stream()
                .filter(View.Grouped.class::isInstance)
                .map(View.Grouped.class::cast)
                .toList();
    }

    public List<View.Top> tops() {
        return views.stream()
                .filter(View.Top.class::isInstance)
                .map(View.Top.class::cast)
                .toList();
    }

    public Optional<View> view(String name) {
        return views.stream().filter(view -> view.name().equals(name)).findFirst();
    }

    public List<Output.Table> tables() {
        return outputs.stream()
                .filter(Output.Table.class::isInstance)
                .map(Output.Table.class::cast)
                .toList();
    }

    public List<Output.Topic> topics() {
        return outputs.stream()
                .filter(Output.Topic.class::isInstance)
                .map(Output.Topic.class::cast)
                .toList();
    }

    /** The databases that this pipeline writes to, each once. */
    public List<String> databases() {
        return Stream.concat(
                        Stream.of(source.landing().database()),
                        tables().stream().map(Output.Table::database))
                .distinct()
                .toList();
    }
}
