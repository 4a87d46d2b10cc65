package dev.tandem.sink;

import dev.tandem.model.Mode;
import dev.tandem.model.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.Locale;

/**
 * A folder of CSV files to which files are only added. A micro-batch with rows that are final gives {@code part-000012.csv}, and
 * the same file when it is written again. A batch run gives one file more, named by its moment and the run.
 */
final class CsvSink implements Sink {
    private static final String PREFIX = "part-";
    private static final String ENDING = ".csv";
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path folder;
    private final Content content;
    private final Mode mode;
    private final String run;
    private final Clock clock;
    private long highest;

    private CsvSink(Path folder, Content content, Sinks.Setting setting) throws IOException {
        this.folder = folder;
        this.content = content;
        mode = setting.mode();
        run = setting.run();
        clock = setting.clock();
        Disk.clear(folder);
        highest = mode == Mode.STREAM ? Disk.highest(folder, PREFIX, ENDING).orElse(0) : 0;
    }

    static CsvSink open(Output.Csv output, Content content, Sinks.Setting setting) {
        var folder = setting.folder(output.folder());
        try {
            Belonging.of(setting, content).claim(folder);
            return new CsvSink(folder, content, setting);
        } catch (IOException e) {
            throw new SinkException(
                    "Cannot open the CSV folder %s: %s; check the folder and the disk".formatted(folder, e), e);
        }
    }

    @Override
    public void write(long number, Iterator<Tuple> tuples) {
        if (mode == Mode.STREAM && number < highest) {
            throw Belonging.startedAnew(folder, number, highest);
        }
        try {
            var target = mode == Mode.STREAM ? folder.resolve(PREFIX + Manifest.set(number) + ENDING) : ofRun();
            if (!write(target, tuples) && Files.deleteIfExists(target)) {
                Disk.force(folder);
            }
            highest = Math.max(highest, number);
        } catch (IOException e) {
            throw new SinkException(
                    "Cannot write '%s' to %s: %s; check the disk".formatted(content.name(), folder, e), e);
        }
    }

    /** The run's file: that of an earlier writing of the same run, if there is one. */
    private Path ofRun() throws IOException {
        var earlier = Disk.named(folder, PREFIX + "*").stream()
                .filter(it -> it.getFileName().toString().endsWith("-" + run + ENDING))
                .findFirst();
        return earlier.orElseGet(
                () -> folder.resolve("%s%s-%s%s".formatted(PREFIX, MOMENT.format(clock.instant()), run, ENDING)));
    }

    /** Whether there was a row to write; a batch run without rows writes its header. */
    private boolean write(Path target, Iterator<Tuple> tuples) throws IOException {
        var stays = content.staying(mode);
        CsvFile file = mode == Mode.BATCH ? new CsvFile(target, content.columns()) : null;
        try {
            while (tuples.hasNext()) {
                var tuple = tuples.next();
                if (stays.test(tuple)) {
                    file = file == null ? new CsvFile(target, content.columns()) : file;
                    file.write(tuple);
                }
            }
            if (file == null) {
                return false;
            }
            file.place();
            return true;
        } finally {
            if (file != null) {
                file.abandon();
            }
        }
    }

    @Override
    public void close() {
        // Each file is closed when it is written.
    }
}
