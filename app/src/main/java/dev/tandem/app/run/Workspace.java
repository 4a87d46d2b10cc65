package dev.tandem.app.run;

import dev.tandem.engine.EngineException;
import dev.tandem.model.Reason;
import dev.tandem.model.Source;
import dev.tandem.segments.SegmentPlace;
import dev.tandem.servers.Places;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * The folders of Tandem: all state is under one folder, so that deleting it deletes everything.
 *
 * @param home the state folder
 * @param cache unpacked server binaries, shared by all homes under it
 * @param servers the server binaries as they ship
 */
public record Workspace(Path home, Path cache, Path servers) {
    /** How the names of files of SQLite and DuckDB end in a definition. */
    private static final String SQLITE_FILE = ".db";

    private static final String DUCKDB_FILE = ".duckdb";

    public static Workspace at(Path home, Path servers) {
        var absolute = home.toAbsolutePath().normalize();
        return new Workspace(absolute, absolute.resolve("cache"), servers);
    }

    /** A workspace of its own inside this one, with the same server binaries. */
    public Workspace inside(String name) {
        return new Workspace(home.resolve(name), cache, servers);
    }

    Places places() {
        return new Places(servers, home.resolve("servers"), cache);
    }

    Path checkpoint(String pipeline) {
        return home.resolve("checkpoints").resolve(pipeline);
    }

    /** Where a path of a definition lies: one that is not absolute belongs to this workspace. */
    Path file(String path) {
        return home.resolve(path);
    }

    /** The folder of a landed log, which a definition names by a path or by the address of one on another file system. */
    SegmentPlace segments(Source.Landing.Segments landing) {
        var folder = landing.folder();
        return folder.contains(":") ? new SegmentPlace(URI.create(folder), Map.of()) : SegmentPlace.local(file(folder));
    }

    /** Where streams save their state. */
    Path state() {
        return home.resolve("state");
    }

    /** Where the schemas of a registry are kept. */
    Path schemas(String registry) {
        return home.resolve("schemas").resolve(registry);
    }

    /** What a running stream tells of its state. */
    public Path stateNote(String pipeline) {
        return home.resolve("running").resolve(pipeline + ".json");
    }

    /** Where each run has a folder for its temporary files. */
    public Path scratch() {
        return home.resolve("scratch");
    }

    Path truth(String pipeline) {
        return home.resolve("truth").resolve(pipeline + ".jsonl");
    }

    /** The folder of the last comparison's {@code report.json}; that of the definition may be another pipeline's by now. */
    Path report(String pipeline) {
        return home.resolve("reports").resolve(pipeline);
    }

    /** What was answered last about tables that other programs made. */
    public Path tableAnswers() {
        return home.resolve("tables");
    }

    /** Whether a definition names a database by its file. */
    static boolean isFile(String database) {
        return database.endsWith(SQLITE_FILE) || database.endsWith(DUCKDB_FILE);
    }

    /** The file of a database, which a definition names by a word or by the file; it need not be there. */
    Path databaseFile(String database) {
        return isFile(database)
                ? file(database)
                : home.resolve("databases").resolve(database + (database.equals("duckdb") ? DUCKDB_FILE : SQLITE_FILE));
    }

    /** Whether anything was ever stored in the database that a definition names so, as far as it is of this workspace. */
    boolean holds(String database) {
        return ServiceRole.of(database)
                .map(part ->
                        Files.isDirectory(places().home().resolve(part.word()).resolve("data")))
                .orElseGet(() -> Files.exists(databaseFile(database)));
    }

    /** The file of a database, in a folder that is there. */
    Path database(String database) {
        var file = databaseFile(database);
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
        return file;
    }

    /** Notes that a run of {@code pipeline} leaves its results here. */
    void note(String pipeline) {
        try {
            Files.createDirectories(marks());
            Files.writeString(marks().resolve(pipeline), "");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write under %s: %s".formatted(home, Reason.of(e)), e);
        }
    }

    private Path marks() {
        return home.resolve("latest");
    }

    /** Whether a run of {@code pipeline} was ever here. */
    boolean noted(String pipeline) {
        return Files.exists(marks().resolve(pipeline));
    }

    /** This workspace or the demo's inside it: the one in which {@code pipeline} ran last. */
    public Workspace latest(String pipeline) {
        var demo = inside("demo");
        var here = marks().resolve(pipeline).toFile().lastModified();
        return demo.marks().resolve(pipeline).toFile().lastModified() > here ? demo : this;
    }

    /** Work that needs exclusive use of this workspace. */
    interface Work<T> {
        T done() throws InterruptedException;
    }

    /**
     * Does {@code work} while no other process does any here: two demos would delete each other's data. The claim is a lock on a
     * file beside the folder, which the system lets go with the process, however that ends.
     */
    <T> T whileClaimed(Work<T> work) throws InterruptedException {
        var claim = claimed()
                .orElseThrow(() -> new EngineException(
                        "Cannot use %s: another run is going on there, or a page shows what the last one left; wait for it or end it, or give this one its own --home"
                                .formatted(home)));
        try (claim) {
            return work.done();
        } catch (IOException e) {
            throw cannotWrite(home, e);
        }
    }

    /** The claim of {@link #whileClaimed}, held until it is closed; empty while somebody else has it. */
    Optional<Closeable> claimed() {
        var file = home.resolveSibling(home.getFileName() + ".lock");
        try {
            Files.createDirectories(home);
            return locked(FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw cannotWrite(file, e);
        }
    }

    private static Optional<Closeable> locked(FileChannel channel) throws IOException {
        try {
            if (channel.tryLock() != null) {
                return Optional.of(channel);
            }
        } catch (OverlappingFileLockException byThisProcess) {
            // Told as one of another process is.
        }
        channel.close();
        return Optional.empty();
    }

    private static UncheckedIOException cannotWrite(Path path, IOException e) {
        return new UncheckedIOException(
                "Cannot write %s: %s; give --home a folder that can be written".formatted(path, Reason.of(e)), e);
    }

    /** Deletes all state; the cache stays, since it lies elsewhere for an inner workspace. */
    void empty() {
        if (!Files.exists(home)) {
            return;
        }
        try (var paths = Files.walk(home)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot empty %s: %s; delete it by hand, or give another --home".formatted(home, Reason.of(e)), e);
        }
    }
}
