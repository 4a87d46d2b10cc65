package dev.tandem.sink;

import dev.tandem.model.Mode;
import dev.tandem.model.Output;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The whole view again and again: {@code batch_0000.csv}, {@code batch_0001.csv}…, sorted by window and key, at most every so often
 * and once more at the end. A snapshot that says the same as the one before is left out.
 */
final class SnapshotSink implements Sink {
    private static final String PREFIX = "batch_";
    private static final String ENDING = ".csv";

    private final Path folder;
    private final Content content;
    private final Duration every;
    private final Clock clock;
    private final Optional<LatestRows> latest;
    private long next;
    private String checksum;
    private Instant due = Instant.MIN;

    private SnapshotSink(Path folder, Content content, Duration every, Sinks.Setting setting) throws IOException {
        this.folder = folder;
        this.content = content;
        this.every = every;
        clock = setting.clock();
        latest = setting.mode() == Mode.STREAM ? Optional.of(LatestRows.open(folder, content)) : Optional.empty();
        Disk.clear(folder);
        OptionalLong newest = Disk.highest(folder, PREFIX, ENDING);
        next = newest.isPresent() ? newest.getAsLong() + 1 : 0;
        checksum = newest.isPresent() ? checksum(file(newest.getAsLong())) : "";
    }

    static SnapshotSink open(Output.Snapshots output, Content content, Sinks.Setting setting) {
        if (content.kind() != Content.Kind.VIEW) {
            throw new SinkException(
                    "Cannot write snapshots of '%s': they show a view as a whole, and these are records; write them to a lake or CSV"
                            .formatted(content.name()));
        }
        var folder = setting.folder(output.folder());
        try {
            Belonging.of(setting, content).claim(folder);
            return new SnapshotSink(folder, content, output.every(), setting);
        } catch (IOException e) {
            throw new SinkException(
                    "Cannot open the folder of snapshots %s: %s; check the folder and the disk".formatted(folder, e),
                    e);
        }
    }

    private static String checksum(Path file) throws IOException {
        var digest = StagedFile.sha256();
        try (InputStream in = Files.newInputStream(file)) {
            var buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private Path file(long number) {
        return folder.resolve("%s%04d%s".formatted(PREFIX, number, ENDING));
    }

    @Override
    public void write(long number, Iterator<Tuple> tuples) {
        try {
            if (latest.isEmpty()) {
                snapshot(KeyOrder.standing(tuples));
                return;
            }
            latest.get().write(number, tuples);
            var now = clock.instant();
            if (!now.isBefore(due)) {
                snapshot(latest.get().rows());
                due = now.plus(every);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private SinkException failed(IOException e) {
        return new SinkException(
                "Cannot write a snapshot of '%s' to %s: %s; check the disk".formatted(content.name(), folder, e), e);
    }

    private void snapshot(Collection<Tuple> rows) throws IOException {
        var file = new CsvFile(file(next), content.columns());
        try {
            for (var row : new KeyOrder(content.keys()).sorted(rows)) {
                file.write(row);
            }
            var written = file.placeUnless(checksum);
            if (!written.equals(checksum)) {
                checksum = written;
                next++;
            }
        } finally {
            file.abandon();
        }
    }

    @Override
    public void close() {
        if (latest.isEmpty()) {
            return;
        }
        try (var rows = latest.get()) {
            if (rows.number() > 0) {
                snapshot(rows.rows());
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
