package dev.tandem.app.run;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.engine.EngineException;
import dev.tandem.engine.definition.DimensionRows;
import dev.tandem.files.FilesLog;
import dev.tandem.files.Intake;
import dev.tandem.files.RecordForm;
import dev.tandem.model.Dimension;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Reason;
import dev.tandem.model.record.MalformedRecordException;
import dev.tandem.model.record.RecordParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the dimensions of a pipeline. What a stream reads is kept as a version of its own, and the batch joins with that same
 * version: a dimension that has changed since would make numbers differ for a reason that is in neither mode.
 */
final class DimensionFiles {
    /** Which version is meant. */
    enum Version {
        /** The file as it is now; it becomes the kept one. */
        NOW,
        /** The kept one, and where none is kept the file as it is now. */
        KEPT
    }

    private static final String VERSIONS = "versions.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Workspace workspace;
    private final Pipeline pipeline;

    DimensionFiles(Workspace workspace, Pipeline pipeline) {
        this.workspace = workspace;
        this.pipeline = pipeline;
    }

    List<DimensionRows> read(Version version) {
        var kept = version == Version.KEPT ? kept() : Map.<String, String>of();
        var versions = new TreeMap<String, String>();
        var all = new ArrayList<DimensionRows>();
        for (var dimension : pipeline.dimensions()) {
            var rows = read(dimension, kept.get(dimension.name()));
            versions.put(dimension.name(), rows.version());
            all.add(rows);
        }
        if (version == Version.NOW && !versions.isEmpty()) {
            keep(versions);
        }
        return all;
    }

    /** Keeps the versions that are kept in {@code other}, so that a run here joins with the same ones. */
    void takeOver(Workspace other) {
        var from = new DimensionFiles(other, pipeline).folder();
        if (!Files.isDirectory(from)) {
            return;
        }
        try (var paths = Files.walk(from)) {
            for (var path : paths.filter(Files::isRegularFile).toList()) {
                var copy = folder().resolve(from.relativize(path).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(path, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot copy the dimensions of '%s' from %s: %s".formatted(pipeline.name(), from, Reason.of(e)), e);
        }
    }

    /** The files of the kept versions, by their path in the folder of kept versions; none where nothing is joined. */
    SortedMap<String, byte[]> keptFiles() {
        var files = new TreeMap<String, byte[]>();
        var kept = kept();
        try {
            for (var dimension : pipeline.dimensions()) {
                var version = kept.get(dimension.name());
                if (version != null) {
                    var copy = copy(dimension, version);
                    files.put(dimension.name() + "/" + copy.getFileName(), Files.readAllBytes(copy));
                }
            }
            if (!files.isEmpty()) {
                files.put(VERSIONS, JSON.writeValueAsBytes(new TreeMap<>(kept)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot read the dimensions of '%s': %s".formatted(pipeline.name(), Reason.of(e)), e);
        }
        return files;
    }

    /** Keeps what {@link #keptFiles} gave; a name that leads out of the folder is refused. */
    void restore(Map<String, byte[]> files) {
        try {
            for (var file : files.entrySet()) {
                var path = folder().resolve(file.getKey()).normalize();
                if (!path.startsWith(folder())) {
                    throw new EngineException("Cannot keep the dimension '%s': its name leads out of the folder"
                            .formatted(file.getKey()));
                }
                Files.createDirectories(path.getParent());
                Files.write(path, file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot write the dimensions of '%s': %s".formatted(pipeline.name(), Reason.of(e)), e);
        }
    }

    private DimensionRows read(Dimension dimension, @Nullable String kept) {
        var file = workspace.file(dimension.file());
        try {
            if (kept != null && Files.exists(copy(dimension, kept))) {
                return rows(dimension, copy(dimension, kept), kept);
            }
            if (!Files.exists(file)) {
                throw new EngineException(
                        "Cannot join with '%s': its file %s is not there; put it there, or make one with ./tandem generate %s"
                                .formatted(dimension.name(), file, pipeline.name()));
            }
            var version = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)))
                    .substring(0, 16);
            var copy = copy(dimension, version);
            Files.createDirectories(copy.getParent());
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            return rows(dimension, copy, version);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot read the dimension '%s' from %s: %s".formatted(dimension.name(), file, Reason.of(e)), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static DimensionRows rows(Dimension dimension, Path file, String version) {
        var parser = new RecordParser(dimension.schema(), dimension.format());
        var log = FilesLog.of(
                file.toString(),
                Intake.of(new RecordForm(dimension.format(), dimension.schema().header())));
        var rows = new ArrayList<@Nullable Object[]>();
        for (var slice : log.slices(log.cut(), 1)) {
            try (var records = log.read(slice)) {
                while (records.hasNext()) {
                    rows.add(parser.parse(records.next().raw().bytes()));
                }
            } catch (MalformedRecordException e) {
                throw new EngineException(
                        "Cannot use the dimension '%s' from %s: row %d: %s; fix the file"
                                .formatted(dimension.name(), dimension.file(), rows.size() + 1, Reason.of(e)),
                        e);
            }
        }
        return DimensionRows.of(dimension, version, rows);
    }

    private Path copy(Dimension dimension, String version) {
        var name = Path.of(dimension.file()).getFileName().toString();
        return folder().resolve(dimension.name()).resolve(version + "-" + name);
    }

    private Path folder() {
        return workspace.home().resolve("dimensions").resolve(pipeline.name());
    }

    private Map<String, String> kept() {
        var file = folder().resolve(VERSIONS);
        try {
            return Files.exists(file)
                    ? JSON.readValue(file.toFile(), new TypeReference<Map<String, String>>() {})
                    : Map.of();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read %s: %s".formatted(file, Reason.of(e)), e);
        }
    }

    private void keep(Map<String, String> versions) {
        var file = folder().resolve(VERSIONS);
        try {
            var partial = file.resolveSibling("versions.json.tmp");
            JSON.writeValue(partial.toFile(), versions);
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write %s: %s".formatted(file, Reason.of(e)), e);
        }
    }
}
