package dev.tandem.feed;

import java.io.ByteArrayOutputStream;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Drops a feed into a folder as numbered files, {@code events_batch_0000000001.csv} and so on: in the form that their reader asks
 * for. Numbers go on after those that are there, and a file appears whole or not at all. The order of
 * names is the order of writing, because a stream takes files in by name.
 *
 * <p>The calling thread reads and writes. Interrupting it stops cleanly between two files: the summary says {@code stopped} and counts what
 * stands in finished files, and the thread is left interrupted.
 */
public final class FileFeeder {

    private static final long LONGEST_NAP = 100_000_000; // ns

    private final FileTarget target;

    public FileFeeder(FileTarget target) {
        this.target = target;
    }

    /** Writes all of a feed. Fails where a file cannot be written; the files before it stay. */
    public FeedSummary send(Feed feed, Consumer<BatchProgress> progress) {
        try (var records = feed.records()) {
            return new Dropping(feed, progress).all(records.iterator());
        }
    }

    private final class Dropping {
        private final Consumer<BatchProgress> progress;
        private final OptionalLong size;
        private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
        private final long begun = System.nanoTime();
        private Optional<Instant> firstArrival = Optional.empty();
        private final FileNumbers.Series series;
        private long number;
        private long sent;

        private Dropping(Feed feed, Consumer<BatchProgress> progress) {
            this.progress = progress;
            this.size = feed.size();
            var folders = Stream.concat(Stream.of(target.folder()), target.taken().stream());
            this.series = new FileNumbers(target.form().prefix()).after(folders);
            this.number = series.used();
        }

        private FeedSummary all(Iterator<FeedRecord> records) {
            var stopped = false;
            var truth = target.truth().map(TruthWriter::new);
            try {
                while (!stopped && records.hasNext()) {
                    var batch = next(records);
                    stopped = !awaitTurn(batch.get(0));
                    if (!stopped) {
                        write(batch, truth);
                    }
                }
            } finally {
                truth.ifPresent(TruthWriter::close);
            }
            var took = Duration.ofNanos(System.nanoTime() - begun);
            return new FeedSummary(sent, sent, 0, 0, stopped, took, faults, Map.of());
        }

        private List<FeedRecord> next(Iterator<FeedRecord> records) {
            var batch = new ArrayList<FeedRecord>();
            while (batch.size() < target.rows() && records.hasNext()) {
                batch.add(records.next());
            }
            return batch;
        }

        /** Files before the first known event time are due at once. */
        private boolean awaitTurn(FeedRecord first) {
            if (firstArrival.isEmpty()) {
                firstArrival = first.eventTime().map(time -> first.arrival());
            }
            var since = firstArrival
                    .map(start -> Duration.between(start, first.arrival()))
                    .orElse(Duration.ZERO);
            var due = begun + target.pace().due(first.number(), since);
            while (!Thread.currentThread().isInterrupted()) {
                var left = due - System.nanoTime();
                if (left <= 0) {
                    return true;
                }
                LockSupport.parkNanos(Math.min(left, LONGEST_NAP));
            }
            return false;
        }

        private void write(List<FeedRecord> batch, Optional<TruthWriter> truth) {
            var content = new ByteArrayOutputStream(256 * batch.size());
            var begins = new ArrayList<Long>(batch.size());
            var line = 1L;
            if (target.form().header().isPresent()) {
                content.writeBytes((target.form().header().get() + "\n").getBytes(StandardCharsets.UTF_8));
                line++;
            }
            for (var record : batch) {
                begins.add(line);
                content.writeBytes(record.value());
                content.write('\n');
                line += 1 + lineBreaks(record.value());
            }
            var file = file(++number);
            WholeFile.write(file, encoded(content.toByteArray(), file));
            sent += batch.size();
            for (var at = 0; at < batch.size(); at++) {
                var record = batch.get(at);
                var place = new Delivery.InFile(file.getFileName().toString(), begins.get(at));
                FaultCounts.add(record.faults(), faults);
                truth.ifPresent(lines -> lines.write(record, place));
            }
            truth.ifPresent(TruthWriter::flush);
            progress.accept(new BatchProgress(number, file.toString(), batch.size(), 0, sent, size));
        }

        private byte[] encoded(byte[] content, Path file) {
            var encoding = target.form().encoding();
            if (encoding.equals(StandardCharsets.UTF_8)) {
                return content;
            }
            try {
                var text = CharBuffer.wrap(new String(content, StandardCharsets.UTF_8));
                var encoded = encoding.newEncoder().encode(text);
                var bytes = new byte[encoded.remaining()];
                encoded.get(bytes);
                return bytes;
            } catch (CharacterCodingException e) {
                throw new FeedException(
                        "Cannot write %s: a record has a letter that %s does not have; send it to a source of another encoding"
                                .formatted(file, encoding),
                        e);
            }
        }

        private Path file(long batch) {
            var form = target.form();
            return target.folder().resolve("%s%s.%s".formatted(form.prefix(), series.digits(batch), form.ending()));
        }
    }

    private static long lineBreaks(byte[] value) {
        var count = 0L;
        for (var letter : value) {
            if (letter == '\n') {
                count++;
            }
        }
        return count;
    }
}
