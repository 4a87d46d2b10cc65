package dev.tandem.app.run;

import dev.tandem.engine.EngineException;
import dev.tandem.files.Folders;
import dev.tandem.files.Inventory.Entry;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Source;
import dev.tandem.store.Ddl;
import dev.tandem.store.JdbcInventory;
import dev.tandem.store.JdbcTopics;
import dev.tandem.store.LedgerReader;
import java.time.Clock;
import java.util.List;

/** The files that a pipeline has taken in, for somebody who lost one of them. */
public final class TakenFiles {
    /** What has become of a file. */
    public enum State {
        /** Its records are all in the log; the file is not needed any more. */
        COUNTED,
        /** It is there, and not all of its records are counted yet. */
        WAITING,
        /** It is not there as it was taken in, and the stream needs it. */
        LOST,
        /** It was lost, and somebody has given it up. */
        FORGOTTEN
    }

    /** A file by its name in the folder. */
    public record Taken(long number, String name, long records, State state) {}

    private final Hosting hosting;
    private final Pipeline pipeline;
    private final Clock clock;
    private final Narrator narrator;

    public TakenFiles(Hosting hosting, Pipeline pipeline, Clock clock, Narrator narrator) {
        this.hosting = hosting;
        this.pipeline = pipeline;
        this.clock = clock;
        this.narrator = narrator;
    }

    /** What is known beside the ledger. */
    private record Known(List<Entry> entries, long committed, ForgottenFiles forgotten, Folders folders) {
        Taken taken(Entry entry) {
            return new Taken(entry.number(), entry.name(), entry.records(), state(entry));
        }

        private State state(Entry entry) {
            if (forgotten.numbers().contains(entry.number())) {
                return State.FORGOTTEN;
            }
            if (entry.firstPosition() + entry.records() <= committed) {
                return State.COUNTED;
            }
            return folders.hold(entry) ? State.WAITING : State.LOST;
        }
    }

    private interface Question<T> {
        T of(Known known);
    }

    private <T> T asked(Question<T> question) {
        var source = pipeline.source()
                .asFiles()
                .orElseThrow(() -> new EngineException(
                        "Cannot list the files of '%s': it reads a topic; for records that a topic has lost see ./tandem stream --from"
                                .formatted(pipeline.name())));
        try (var services = Services.databases(hosting, pipeline, narrator)) {
            var ledger = services.database(source.landing().database());
            Ddl.createOwn(ledger, pipeline.name());
            var committed = new LedgerReader(ledger, pipeline.name())
                    .lastCut()
                    .map(cut -> cut.positions().getOrDefault(0, 0L))
                    .orElse(0L);
            return question.of(new Known(
                    new StoredInventory(new JdbcInventory(ledger, pipeline.name())).entries(),
                    committed,
                    new ForgottenFiles(new JdbcTopics(ledger, pipeline.name()), clock),
                    folders(source)));
        }
    }

    private Folders folders(Source.Files source) {
        var workspace = hosting.workspace();
        return new Folders(
                FolderInput.folder(source, workspace), source.archive().map(workspace::file));
    }

    /** In the order in which they were taken in. */
    public List<Taken> all() {
        return asked(known -> known.entries().stream().map(known::taken).toList());
    }

    /**
     * Gives up what the stream has not read of a file that is lost.
     *
     * @throws EngineException if there is no such file, or it is not lost
     */
    public Taken forget(String name) {
        return asked(known -> {
            var entry = known.entries().stream()
                    .filter(it -> it.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new EngineException(
                            "Cannot forget '%s': '%s' has taken in no file of this name; ./tandem files %s lists them"
                                    .formatted(name, pipeline.name(), pipeline.name())));
            var state = known.state(entry);
            if (state != State.LOST) {
                throw new EngineException("Cannot forget '%s': %s"
                        .formatted(
                                name,
                                switch (state) {
                                    case COUNTED -> "all of its records are counted, and the stream needs it no more";
                                    case WAITING -> "it is there, and the stream will read it; start the stream";
                                    case FORGOTTEN -> "it is forgotten already; start the stream";
                                    case LOST -> throw new IllegalStateException(name);
                                }));
            }
            known.forgotten().add(entry, Math.max(entry.firstPosition(), known.committed()));
            return new Taken(entry.number(), name, entry.records(), State.FORGOTTEN);
        });
    }
}
