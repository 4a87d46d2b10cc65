package dev.tandem.sink;

import dev.tandem.model.Mode;
import dev.tandem.model.Output;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Parquet files in a folder. What a stream's micro-batch makes final is a set of files of its own, which stays; a batch run's
 * rows replace those of the run before; and of a global view, whose rows are never final, the lake holds the current rows,
 * rewritten at most every ten seconds and at the end.
 */
final class LakeSink implements TaskSink {
    private static final Duration REWRITTEN_EVERY = Duration.ofSeconds(10);
    private static final long ROW_GROUP = 32L << 20;
    /** Where many files are open at once. */
    private static final long SMALL_ROW_GROUP = 4L << 20;

    private final Content content;
    private final List<String> partition;
    private final Map<String, String> about;
    private final Mode mode;
    private final String run;
    private final Clock clock;
    private final Partitioning partitioning;
    private final ParquetFile.Layout layout;
    private final LakeFolder lake;
    private final Optional<LatestRows> latest;
    private long highest;
    private Instant due = Instant.MIN;
    private boolean behind;

    private LakeSink(Output.Lake output, Content content, Sinks.Setting setting, LakeFolder lake) throws IOException {
        this.content = content;
        this.lake = lake;
        mode = setting.mode();
        run = setting.run();
        clock = setting.clock();
        partition = output.partition();
        partitioning = new Partitioning(content, partition);
        about = Map.of("tandem.pipeline", setting.pipeline(), "tandem.output", content.name(), "tandem.run", run);
        layout = layout(partitioning, about);
        highest = lake.highest();
        latest = mode == Mode.STREAM && !content.becomesFinal()
                ? Optional.of(LatestRows.open(lake.path(), content))
                : Optional.empty();
    }

    static ParquetFile.Layout layout(Partitioning partitioning, Map<String, String> about) {
        return new ParquetFile.Layout(List.of(), about, partitioning.isOne() ? ROW_GROUP : SMALL_ROW_GROUP);
    }

    static LakeSink open(Output.Lake output, Content content, Sinks.Setting setting) {
        return open(output, content, setting, moment -> {});
    }

    static LakeSink open(Output.Lake output, Content content, Sinks.Setting setting, LakeFolder.Onlooker onlooker) {
        var folder = setting.folder(output.folder());
        try {
            // Refused before a folder is made.
            var unused = new Partitioning(content, output.partition());
            Belonging.of(setting, content).claim(folder);
            return new LakeSink(output, content, setting, LakeFolder.open(folder, onlooker));
        } catch (IOException e) {
            throw new SinkException(
                    "Cannot open the lake %s: %s; check the folder and the disk".formatted(folder, e), e);
        }
    }

    @Override
    public void write(long number, Iterator<Tuple> tuples) {
        try {
            if (mode == Mode.BATCH) {
                publish(Manifest.WHOLE, number, tuples);
            } else if (latest.isPresent()) {
                latest.get().write(number, tuples);
                rewriteWhereDue(latest.get());
            } else {
                append(number, tuples);
            }
        } catch (IOException e) {
            throw failed("write '%s'".formatted(content.name()), e);
        }
    }

    @Override
    public TaskWriter begin(long number) {
        try {
            var staging = lake.begin(Manifest.WHOLE).staging().toString();
            return new LakeTask(staging, Manifest.WHOLE, content, partition, about);
        } catch (IOException e) {
            throw failed("begin to write '%s'".formatted(content.name()), e);
        }
    }

    @Override
    public void publish(long number, List<TaskFiles> made) {
        try {
            lake.publish(Manifest.of(Manifest.WHOLE, number, run, lake.gathered(Manifest.WHOLE, made)));
        } catch (IOException e) {
            throw failed("write '%s'".formatted(content.name()), e);
        }
    }

    private SinkException failed(String what, IOException e) {
        return new SinkException("Cannot %s to the lake %s: %s; check the disk".formatted(what, lake.path(), e), e);
    }

    private void append(long number, Iterator<Tuple> tuples) throws IOException {
        if (number < highest) {
            throw Belonging.startedAnew(lake.path(), number, highest);
        }
        publish(Manifest.set(number), number, tuples);
        highest = number;
    }

    private void publish(String set, long number, Iterator<Tuple> tuples) throws IOException {
        var files = new PartitionedFiles(lake.begin(set), partitioning, layout, PartitionedFiles.Limits.OF_THE_DRIVER);
        // What is kept of a view that is never cut are rows that there are.
        var stays = latest.isPresent() ? (Predicate<Tuple>) tuple -> true : content.staying(mode);
        List<Manifest.File> written;
        try {
            while (tuples.hasNext()) {
                var tuple = tuples.next();
                if (stays.test(tuple)) {
                    files.add(tuple);
                }
            }
            written = files.finish();
        } finally {
            files.abandon();
        }
        if (!written.isEmpty()
                || set.equals(Manifest.WHOLE)
                || lake.manifest(set).isPresent()) {
            lake.publish(Manifest.of(set, number, run, written));
        }
    }

    private void rewriteWhereDue(LatestRows rows) throws IOException {
        behind = true;
        var now = clock.instant();
        if (!now.isBefore(due)) {
            rewrite(rows);
            due = now.plus(REWRITTEN_EVERY);
        }
    }

    private void rewrite(LatestRows rows) throws IOException {
        publish(Manifest.WHOLE, rows.number(), rows.rows().iterator());
        behind = false;
    }

    @Override
    public void close() {
        if (latest.isEmpty()) {
            return;
        }
        try (var rows = latest.get()) {
            var shown = lake.manifest(Manifest.WHOLE).map(Manifest::number).orElse(0L);
            if (behind || rows.number() > shown) {
                rewrite(rows);
            }
        } catch (IOException e) {
            throw failed("write the last state of '%s'".formatted(content.name()), e);
        }
    }
}
