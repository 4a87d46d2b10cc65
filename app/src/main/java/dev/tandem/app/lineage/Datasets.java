package dev.tandem.app.lineage;

import dev.tandem.model.Mode;
import dev.tandem.model.Output;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Source;
import dev.tandem.store.DatabaseAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the runs of a pipeline read and write.
 *
 * @param broker the address of its Kafka cluster, where it has one
 * @param database where the database is that a definition names
 * @param home where paths of the definition begin
 */
public record Datasets(
        Pipeline pipeline, Optional<String> broker, Function<String, DatabaseAddress> database, Path home) {
    /** The topics or the folder. */
    List<Dataset> source() {
        return pipeline.source()
                .foldStreamed(
                        kafka -> kafka.topics().stream()
                                .map(it -> Dataset.topic(broker.orElse(""), it))
                                .toList(),
                        files -> List.of(Dataset.folder(home.resolve(files.folder()))));
    }

    /** Where every record is kept as it arrived: the stream writes it, the batch reads it. */
    Dataset landed() {
        return pipeline.source()
                .landing()
                .fold(table -> Dataset.table(database.apply(table.database()), table.table()), this::segments);
    }

    private Dataset segments(Source.Landing.Segments landing) {
        return landing.folder().contains(":")
                ? Dataset.elsewhere(landing.folder())
                : Dataset.folder(home.resolve(landing.folder()));
    }

    List<Dataset> outputs(Mode mode) {
        return pipeline.outputs().stream()
                .filter(output -> output.writes(mode))
                .flatMap(output -> output(output, mode))
                .toList();
    }

    private Stream<Dataset> output(Output output, Mode mode) {
        var table = output.asTable().map(it -> Dataset.table(database.apply(it.database()), it.table(mode)));
        var topic = output.asTopic().map(it -> Dataset.topic(broker.orElse(""), it.topic()));
        var folder = output.path().map(it -> Dataset.folder(home.resolve(Output.inMode(it, mode))));
        var view = output.what().isView() ? output.what().name() : "";
        return table.or(() -> topic).or(() -> folder).map(it -> it.ofView(view)).stream();
    }

    /** The tables that a comparison holds against each other. */
    List<Dataset> compared() {
        return Stream.of(Mode.values())
                .flatMap(mode -> pipeline.outputs().stream()
                        .filter(output ->
                                output.asTable().isPresent() && output.what().isView())
                        .flatMap(output -> output(output, mode)))
                .distinct()
                .toList();
    }
}
