package dev.tandem.app.run;

import dev.tandem.engine.EngineException;
import dev.tandem.engine.source.FolderSource;
import dev.tandem.engine.source.StreamSource;
import dev.tandem.engine.source.TopicStart;
import dev.tandem.files.Archive;
import dev.tandem.files.FolderContents.LeftOut;
import dev.tandem.files.FolderLog;
import dev.tandem.files.Folders;
import dev.tandem.files.Intake;
import dev.tandem.files.Inventory;
import dev.tandem.files.RecordForm;
import dev.tandem.model.Format;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Source;
import dev.tandem.model.record.Envelope;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** A folder into which files are moved, as a pipeline's log of one partition. */
record FolderInput(String name, Folders folders, FolderLog log, Inventory inventory, int maxFiles) implements Input {
    static FolderInput of(
            Pipeline pipeline, Source.Files source, Inventory inventory, Workspace workspace, Clock clock) {
        var folders = new Folders(folder(source, workspace), source.archive().map(workspace::file));
        var log = new FolderLog(folders, intake(pipeline, source), inventory, clock);
        return new FolderInput(pipeline.name(), folders, log, inventory, source.maxFiles());
    }

    static Path folder(Source.Files source, Workspace workspace) {
        return workspace.file(source.folder());
    }

    /** How the files of the pipeline's source become records. */
    static Intake intake(Pipeline pipeline, Source.Files source) {
        return new Intake(form(pipeline), source.order(), source.onBadFile());
    }

    /** The same for files that somebody names, whatever the source is. */
    static Intake intake(Pipeline pipeline) {
        return pipeline.source().foldStreamed(kafka -> ofValues(pipeline), files -> intake(pipeline, files));
    }

    private static Intake ofValues(Pipeline pipeline) {
        var beside = Envelope.of(pipeline.schema());
        if (!beside.isEmpty()) {
            throw new EngineException(
                    "Cannot count files for '%s': its schema reads %s of each message, and a file holds values only; count what the stream has landed, or a table or lake of its records (--table, --lake)"
                            .formatted(pipeline.name(), beside.told()));
        }
        if (pipeline.source().format().kind() == Format.Kind.AVRO) {
            throw new EngineException(
                    "Cannot count files for '%s': its records are Avro messages of a topic; count what the stream has landed, or a table or lake of its records (--table, --lake)"
                            .formatted(pipeline.name()));
        }
        return Intake.of(form(pipeline));
    }

    /** How the pipeline's records stand in a file. */
    static RecordForm form(Pipeline pipeline) {
        return RecordForm.of(pipeline.source().format(), pipeline.schema());
    }

    @Override
    public StreamSource source(int maxRecords, TopicStart start) {
        var archive = folders.archive().map(to -> new Archive(folders.folder(), to));
        return new FolderSource(name, log, inventory, new FolderSource.Most(maxFiles, maxRecords), archive);
    }

    @Override
    public List<LeftOut> leftOut() {
        return log.look().leftOut();
    }

    @Override
    public String place() {
        return folders.folder().toString();
    }

    @Override
    public List<String> heldBack() {
        return List.of();
    }

    @Override
    public Map<Integer, Long> end() {
        return Map.of(0, log.endOfAllPresent());
    }
}
