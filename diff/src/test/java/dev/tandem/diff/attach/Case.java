package dev.tandem.diff.attach;

import dev.tandem.diff.AttachFile;
import dev.tandem.diff.DiffFile.SideSettings;
import dev.tandem.diff.attach.SimulatedJob.Place;
import dev.tandem.diff.attach.SimulatedJob.Sent;
import dev.tandem.diff.side.Sides;
import dev.tandem.diff.side.TableReference;
import dev.tandem.diff.table.Question;
import dev.tandem.fold.Coordinates;
import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.Identity;
import dev.tandem.fold.Prepared;
import dev.tandem.fold.Shape;
import dev.tandem.model.Dedup;
import dev.tandem.model.FieldType;
import dev.tandem.model.Instants;
import dev.tandem.model.Measure;
import dev.tandem.model.Pipeline;
import dev.tandem.model.reading.DefinitionReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** A folder with the table of a job, and the log that it read, as the engine would prepare it. */
record Case(Path folder, List<Sent> log, int partitions) {
    static final String DEFINITION = """
            pipeline: orders
            time: { event: at }
            source: { kafka: orders }
            schema: id STRING, at TIMESTAMP, category STRING, amount BIGINT
            steps:
              - watermark: { delay: 2 minutes }
              - dedup: { by: [id], keep: first, within: forever }
            views:
              per_minute:
                window: { tumbling: 1 minute }
                by: [category]
                measures: { n: count(*), total: sum(amount) }
            attach:
              per_minute: { stream: stream.csv }
            """;

    AttachAnswer ask(SortedMap<Place, long[]> stream) throws IOException {
        return ask(stream, Optional.empty());
    }

    AttachAnswer ask(SortedMap<Place, long[]> stream, Optional<SortedMap<Place, long[]>> batch) throws IOException {
        write("stream.csv", stream);
        if (batch.isPresent()) {
            write("batch.csv", batch.get());
        }
        var setting = new Attachment.Setting(folder.resolve("scratch"), 300, folder.resolve("out"), 3, 3, text -> {});
        return new Attachment(setting)
                .answer(
                        new Attachment.Definition(pipeline(), plan()),
                        new Attachment.Log(
                                LogShape.ofTopic("orders", partitions),
                                sink -> log.forEach(sent -> sink.accept(prepared(sent)))),
                        List.of(tables(batch.isPresent())));
    }

    Inference infer(SortedMap<Place, long[]> stream) throws IOException {
        return ask(stream).views().get(0).stream().orElseThrow().inference().orElseThrow();
    }

    private void write(String name, Map<Place, long[]> rows) throws IOException {
        Files.writeString(
                folder.resolve(name),
                rows.entrySet().stream()
                        .map(row -> "%s,%s,%d,%d"
                                .formatted(
                                        Instants.ofMicros(row.getKey().start()),
                                        row.getKey().key(),
                                        row.getValue()[0],
                                        row.getValue()[1]))
                        .collect(Collectors.joining("\n", "minute,category,n,total\n", "\n")));
    }

    private Attachment.Tables tables(boolean withBatch) {
        var columns = Map.of("window_start", "minute");
        Optional<AttachFile.Foreign> batch =
                withBatch ? Optional.of(new AttachFile.Foreign(wish("batch.csv"), columns)) : Optional.empty();
        var attached = new AttachFile.Attached(
                "per_minute",
                Optional.of(new AttachFile.Foreign(wish("stream.csv"), columns)),
                batch,
                Map.of(),
                Optional.empty(),
                List.of());
        return new Attachment.Tables(attached, Optional.of(source("stream.csv")), batch.map(it -> source("batch.csv")));
    }

    private static SideSettings wish(String address) {
        return new SideSettings(address, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private Question.Source source(String address) {
        var surroundings = new TableReference.Surroundings(folder, folder, "");
        return new Question.Source(
                Sides.of(new TableReference(address, Optional.empty(), surroundings)),
                Optional.empty(),
                Optional.empty());
    }

    private static Pipeline pipeline() {
        return DefinitionReader.parse(DEFINITION, "orders.yaml");
    }

    private static FoldPlan plan() {
        var view = pipeline().grouped().get(0);
        var arguments = List.of(
                new Shape.Argument("n", Measure.Kind.COUNT, FieldType.LONG),
                new Shape.Argument("total", Measure.Kind.SUM, FieldType.LONG));
        var shape = Shape.ofGrouped(view, List.of(FieldType.TEXT), arguments, List.of());
        return new FoldPlan(
                List.of(shape),
                List.of(arguments),
                List.of(Optional.empty()),
                List.of(),
                List.of(),
                Set.of(),
                false,
                Dedup.Keep.FIRST,
                0,
                Long.MAX_VALUE);
    }

    private static Prepared prepared(Sent sent) {
        return new Prepared(
                new Coordinates(sent.partition(), sent.position()),
                sent.arrived(),
                new Prepared.Raw(new byte[0]),
                Optional.empty(),
                Optional.empty(),
                sent.event(),
                Optional.of(Identity.of(List.of(sent.id()))),
                List.of(),
                List.of(new Prepared.Contribution(0, List.of(sent.key()), List.of(1L, sent.amount()))),
                List.of(),
                List.of());
    }
}
