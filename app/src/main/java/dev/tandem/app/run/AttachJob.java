package dev.tandem.app.run;

import dev.tandem.diff.attach.ArrivedLines;
import dev.tandem.diff.attach.AttachAnswer;
import dev.tandem.diff.attach.Attachment;
import dev.tandem.diff.attach.LogShape;
import dev.tandem.diff.attach.RawRows;
import dev.tandem.diff.duck.Duck;
import dev.tandem.diff.side.ParquetRows;
import dev.tandem.diff.side.Side;
import dev.tandem.diff.side.Sides;
import dev.tandem.diff.side.TableReference;
import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.landed.LogSearch;
import dev.tandem.engine.source.TopicLog;
import dev.tandem.files.FilesLog;
import dev.tandem.files.Intake;
import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.LandedLog;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Reason;
import dev.tandem.model.Source;
import dev.tandem.model.Source.Rows.Place.Table;
import dev.tandem.model.record.Envelope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the log of a definition that is attached to the tables of other jobs, and holds these tables against it. Writes to no database. */
public final class AttachJob {
    private final Hosting hosting;
    private final Pipeline pipeline;
    private final TableReference.Surroundings surroundings;
    private final Narrator narrator;

    /** @param surroundings of a source of rows, and where the folder of a source of files begins */
    public AttachJob(Hosting hosting, Pipeline pipeline, TableReference.Surroundings surroundings, Narrator narrator) {
        this.hosting = hosting;
        this.pipeline = Writers.connected(hosting, pipeline);
        this.surroundings = surroundings;
        this.narrator = narrator;
    }

    public AttachAnswer run(Attachment.Setting setting, List<Attachment.Tables> tables) {
        return pipeline.source()
                .fold(
                        topic -> overTopic(topic, setting, tables),
                        files -> overFiles(files, setting, tables),
                        rows -> overRows(rows, setting, tables));
    }

    private AttachAnswer overTopic(Source.Kafka source, Attachment.Setting setting, List<Attachment.Tables> tables) {
        try (var services = Services.reached(hosting, pipeline);
                var log = TopicLog.of(services.kafka(), source.fed(), Envelope.of(pipeline.schema()))) {
            var cut = log.cut();
            int partitions = cut.positions().keySet().stream()
                            .mapToInt(Integer::intValue)
                            .max()
                            .orElse(0)
                    + 1;
            return over(new Opened(log, cut, LogShape.ofTopic(source.fed(), partitions)), setting, tables);
        }
    }

    private AttachAnswer overFiles(Source.Files source, Attachment.Setting setting, List<Attachment.Tables> tables) {
        var folder =
                surroundings.directory().resolve(source.folder()).normalize().toString();
        var log = FilesLog.of(folder, FolderInput.intake(pipeline, source));
        new LeftOutFiles(narrator).tell(folder, log.leftOut());
        return over(new Opened(log, log.cut(), LogShape.ofFiles(source.folder(), files(log))), setting, tables);
    }

    private AttachAnswer overRows(Source.Rows source, Attachment.Setting setting, List<Attachment.Tables> tables) {
        var file = setting.scratch().resolve("raw-rows.jsonl");
        try {
            var shape = written(source, setting, file);
            var log = FilesLog.of(file.toString(), Intake.of(FolderInput.form(pipeline)));
            return over(new Opened(new ArrivedLines(log), log.cut(), shape), setting, tables);
        } finally {
            remove(file);
        }
    }

    private LogShape written(Source.Rows source, Attachment.Setting setting, Path file) {
        try (var services = Services.reached(hosting, pipeline);
                var duck = Duck.open(setting.scratch(), setting.megabytes())) {
            var side = source.place()
                    .<Side>fold(table -> side(table, services), files -> ParquetRows.of(files.path(), surroundings));
            narrator.tell("reading " + source.place().told());
            return new RawRows(source, side).write(pipeline.schema(), duck, file);
        }
    }

    private Side side(Table table, Services services) {
        return table.server()
                .map(server -> Sides.table(services.database(server), table.table()))
                .orElseGet(() -> Sides.table(table.database(), table.table(), surroundings));
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove %s: %s".formatted(file, Reason.of(e)), e);
        }
    }

    private static List<LogShape.LogFile> files(FilesLog log) {
        var files = new ArrayList<LogShape.LogFile>();
        for (int index = 0; index < log.files().size(); index++) {
            files.add(new LogShape.LogFile(
                    log.files().get(index).getFileName().toString(), log.ends().get(index)));
        }
        return files;
    }

    private record Opened(LandedLog log, EndOffsets cut, LogShape shape) {}

    private AttachAnswer over(Opened opened, Attachment.Setting setting, List<Attachment.Tables> tables) {
        try (var spark = Sparks.open(hosting)) {
            new SideTables(pipeline, hosting.workspace()).writeMissing();
            var dimensions = new DimensionFiles(hosting.workspace(), pipeline).read(DimensionFiles.Version.NOW);
            var compiled = Compiled.of(pipeline, spark.runtime(), dimensions);
            narrator.tell(
                    "Spark %s is up, '%s' is compiled".formatted(spark.runtime().version(), pipeline.name()));
            var search = new LogSearch(spark.runtime(), compiled, opened.log());
            Attachment.Feed feed =
                    sink -> search.read(opened.cut(), record -> true, (record, microBatch, as) -> sink.accept(record));
            return new Attachment(setting)
                    .answer(
                            new Attachment.Definition(pipeline, compiled.plan()),
                            new Attachment.Log(opened.shape(), feed),
                            tables);
        }
    }
}
