package dev.tandem.app.run;

import dev.tandem.diff.attach.AttachAnswer;
import dev.tandem.diff.attach.Attachment;
import dev.tandem.diff.attach.LogShape;
import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.landed.LogSearch;
import dev.tandem.engine.source.TopicLog;
import dev.tandem.files.FilesLog;
import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.LandedLog;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Source;
import dev.tandem.model.record.Envelope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the log of a definition that is attached to the tables of other jobs, and holds these tables against it. Writes to no database. */
public final class AttachJob {
    private final Hosting hosting;
    private final Pipeline pipeline;
    private final Path directory;
    private final Narrator narrator;

    /** @param directory where the folder of a source of files begins */
    public AttachJob(Hosting hosting, Pipeline pipeline, Path directory, Narrator narrator) {
        this.hosting = hosting;
        this.pipeline = Writers.connected(hosting, pipeline);
        this.directory = directory;
        this.narrator = narrator;
    }

    public AttachAnswer run(Attachment.Setting setting, List<Attachment.Tables> tables) {
        return pipeline.source()
                .fold(topic -> overTopic(topic, setting, tables), files -> overFiles(files, setting, tables));
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
            return over(
                    new Opened(log, cut, new LogShape("topic " + source.fed(), partitions, List.of())),
                    setting,
                    tables);
        }
    }

    private AttachAnswer overFiles(Source.Files source, Attachment.Setting setting, List<Attachment.Tables> tables) {
        var folder = directory.resolve(source.folder()).normalize().toString();
        var log = FilesLog.of(folder, FolderInput.intake(pipeline, source));
        new LeftOutFiles(narrator).tell(folder, log.leftOut());
        return over(new Opened(log, log.cut(), new LogShape(source.folder(), 1, files(log))), setting, tables);
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
