package dev.tandem.app.run;

import dev.tandem.engine.EngineException;
import dev.tandem.files.FolderContents.LeftOut;
import dev.tandem.files.FolderLog;
import dev.tandem.files.Folders;
import dev.tandem.files.Inventory;
import dev.tandem.files.MemoryInventory;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Source;
import dev.tandem.store.JdbcInventory;
import dev.tandem.store.StoreException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** Reads the state of a pipeline's source folder without changing it, from the state folder in which the pipeline ran last. */
public final class FolderReader implements AutoCloseable {
    private final Whereabouts whereabouts;

    public FolderReader(Narrator narrator) {
        whereabouts = new Whereabouts(Whereabouts.Idle.LEFT, narrator);
    }

    public static Path folder(Hosting hosting, Pipeline pipeline, Source.Files source) {
        return FolderInput.folder(source, hosting.workspace().latest(pipeline.name()));
    }

    /** What lies in the folder, which must be there, and is not or will not be read. */
    public List<LeftOut> leftOut(Hosting hosting, Pipeline pipeline, Source.Files source) {
        var workspace = hosting.workspace().latest(pipeline.name());
        var folders = new Folders(
                FolderInput.folder(source, workspace), source.archive().map(workspace::file));
        var log = new FolderLog(
                folders, FolderInput.intake(pipeline, source), inventory(hosting, pipeline), Clock.systemUTC());
        return Stream.concat(log.look().leftOut().stream(), log.unreadable().stream())
                .toList();
    }

    /** Of a database that cannot be read, which the doctor tells elsewhere, nothing is known: no file counts as taken in. */
    private Inventory inventory(Hosting hosting, Pipeline pipeline) {
        try {
            var address = whereabouts.database(
                    hosting, pipeline, pipeline.source().landing().database());
            if (address.isPresent()) {
                var stored = new StoredInventory(new JdbcInventory(address.get(), pipeline.name()));
                stored.entries();
                return stored;
            }
            return new MemoryInventory();
        } catch (EngineException | StoreException e) {
            return new MemoryInventory();
        }
    }

    @Override
    public void close() {
        whereabouts.close();
    }
}
