package dev.tandem.feed;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;

/**
 * One feed on its way into one topic. The feeding thread owns everything here; the producer's thread only leaves each record's delivery in
 * its {@link Pending}. Records are settled (counted, written to the truth) in sending order, whatever the order of the answers: the truth
 * file relies on it.
 */
final class Sending {

    private static final Delivery UNKNOWN = new Delivery.Unknown();
    private static final Delivery REFUSED = new Delivery.Refused();
    private static final Duration FAREWELL = Duration.ofSeconds(10);
    private static final long BETWEEN_REPORTS = 500_000_000; // ns
    private static final long LONGEST_NAP = 100_000_000; // ns
    private static final long SHORTEST_NAP = 1_000_000; // ns
    /** How many records may wait for their answers: so far apart can partitions be while a feed is under way. */
    private static final int MOST_IN_FLIGHT = 10_000;

    private final FeedTarget target;
    private final Producer<byte[], byte[]> producer;
    private final Consumer<FeedProgress> progress;
    private final Standing standing;
    private final Batching batching;

    private final ArrayDeque<Pending> pending = new ArrayDeque<>();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    private final Map<Integer, Long> endOffsets = new HashMap<>();
    private Optional<TruthWriter> truth = Optional.empty();
    private Optional<Instant> firstArrival = Optional.empty();
    private OptionalLong size = OptionalLong.empty();
    private int partitions;
    private long sent;
    private long acked;
    private long refused;
    private long unknown;
    private long begun;
    private long reportedAt;
    private long reportedSent;

    /** Who is told how it goes. */
    record Listeners(Consumer<FeedProgress> progress, Consumer<BatchProgress> batches, Standing standing) {}

    Sending(FeedTarget target, Producer<byte[], byte[]> producer, Consumer<FeedProgress> progress) {
        this(target, producer, new Listeners(progress, batch -> {}, Standing.UNHEARD));
    }

    Sending(FeedTarget target, Producer<byte[], byte[]> producer, Listeners listeners) {
        this.target = target;
        this.producer = producer;
        this.progress = listeners.progress();
        this.standing = listeners.standing();
        this.batching = new Batching(target, listeners.batches());
    }

    /** Sends everything and settles it; on one thread, once. */
    FeedSummary send(Feed feed) {
        boolean stopped;
        @Nullable Exception cause;
        try (var records = feed.records()) {
            truth = target.truth().map(TruthWriter::new);
            size = feed.size();
            batching.size = size;
            partitions = producer.partitionsFor(target.topic()).size();
            begun = System.nanoTime();
            reportedAt = begun;
            stopped = !(sendAll(records.iterator()) && awaitAnswers());
        } finally {
            cause = failure.get(); // before closing, which fails whatever is still on its way
            farewell();
        }
        report(System.nanoTime());
        if (cause != null) {
            throw new FeedException(
                    "Cannot send to topic '%s' at %s: %s, and %d of %d records are not acknowledged; run ./tandem doctor"
                            .formatted(target.topic(), target.kafka(), cause.getMessage(), sent - acked, sent),
                    cause);
        }
        var took = Duration.ofNanos(System.nanoTime() - begun);
        return new FeedSummary(sent, acked, refused, unknown, stopped, took, faults, endOffsets);
    }

    /** Ends at the feed's end or at a failure; false where an interruption came first. */
    private boolean sendAll(Iterator<FeedRecord> records) {
        while (failure.get() == null && records.hasNext()) {
            var next = records.next();
            if (!awaitTurn(next) || !awaitRoom() || !send(next)) {
                return false;
            }
            settle();
        }
        return true;
    }

    private boolean send(FeedRecord next) {
        var waiting = new Pending(next);
        try {
            var unused = producer.send(addressed(next), waiting);
        } catch (InterruptException e) {
            return false;
        } catch (KafkaException e) {
            failure.compareAndSet(null, e);
            return true;
        }
        pending.add(waiting);
        sent++;
        return true;
    }

    /**
     * A copy must go where its original went, so an id decides the partition. Records without one take turns: a producer left to itself
     * fills one partition for a while and then another, and whoever reads them side by side would find a feed in order out of order.
     */
    private ProducerRecord<byte[], byte[]> addressed(FeedRecord next) {
        var key = next.beside().key().or(() -> next.id().map(id -> id.getBytes(StandardCharsets.UTF_8)));
        var record = key.isPresent()
                ? new ProducerRecord<>(target.topic(), key.get(), next.value())
                : new ProducerRecord<byte[], byte[]>(
                        target.topic(), (int) (next.number() % partitions), null, next.value());
        next.beside().headers().forEach((name, value) -> record.headers().add(name, value));
        return record;
    }

    /** False where an interruption came first. */
    private boolean awaitRoom() {
        while (pending.size() >= MOST_IN_FLIGHT && failure.get() == null) {
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(SHORTEST_NAP);
            settle();
            reportNowAndThen(System.nanoTime());
        }
        return true;
    }

    private boolean awaitTurn(FeedRecord next) {
        var due = begun + target.pace().due(next.number(), sinceFirst(next));
        while (true) {
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
            var now = System.nanoTime();
            reportNowAndThen(now);
            if (now - due >= 0) {
                return true;
            }
            settle();
            LockSupport.parkNanos(Math.min(due - now, LONGEST_NAP));
        }
    }

    /** Records before the first known event time are due at once. */
    private Duration sinceFirst(FeedRecord next) {
        if (firstArrival.isEmpty()) {
            firstArrival = next.eventTime().map(time -> next.arrival());
        }
        return firstArrival
                .map(first -> Duration.between(first, next.arrival()))
                .orElse(Duration.ZERO);
    }

    private boolean awaitAnswers() {
        while (!pending.isEmpty() && failure.get() == null) {
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(SHORTEST_NAP);
            settle();
            reportNowAndThen(System.nanoTime());
        }
        return true;
    }

    /** Closing gives what is on its way some seconds more, and refuses to wait on an interrupted thread. */
    private void farewell() {
        var interrupted = Thread.interrupted();
        try {
            producer.close(FAREWELL);
        } finally {
            settle();
            pending.forEach(rest -> settled(rest.record, UNKNOWN));
            pending.clear();
            truth.ifPresent(TruthWriter::close);
            batching.end();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void settle() {
        for (var first = pending.peek(); first != null; first = pending.peek()) {
            var delivery = first.delivery;
            if (delivery == null) {
                return;
            }
            pending.remove();
            settled(first.record, delivery);
        }
    }

    private void settled(FeedRecord record, Delivery delivery) {
        FaultCounts.add(record.faults(), faults);
        if (delivery instanceof Delivery.Acked position) {
            acked++;
            endOffsets.put(position.partition(), position.offset() + 1);
        } else if (delivery == REFUSED) {
            refused++;
        } else {
            unknown++;
        }
        standing.after(acked + refused + unknown, endOffsets);
        truth.ifPresent(file -> file.write(record, delivery));
        batching.settled(delivery.position().isPresent());
    }

    private void reportNowAndThen(long now) {
        if (now - reportedAt >= BETWEEN_REPORTS) {
            report(now);
            truth.ifPresent(TruthWriter::flush);
        }
    }

    private void report(long now) {
        var seconds = Math.max(1, now - reportedAt) / 1e9;
        progress.accept(new FeedProgress(sent, acked, (sent - reportedSent) / seconds, size));
        reportedAt = now;
        reportedSent = sent;
    }

    /** Counts what is settled into batches, where the pace has any. */
    private static final class Batching {
        private final FeedTarget target;
        private final Consumer<BatchProgress> batches;
        private final long rows;
        private OptionalLong size = OptionalLong.empty();
        private long all;
        private long failed;

        private Batching(FeedTarget target, Consumer<BatchProgress> batches) {
            this.target = target;
            this.batches = batches;
            this.rows = target.pace() instanceof Pace.Batches paced ? paced.size() : Long.MAX_VALUE;
        }

        private void settled(boolean there) {
            all++;
            failed += there ? 0 : 1;
            if (all % rows == 0) {
                tell(all / rows, rows);
            }
        }

        private void end() {
            if (rows != Long.MAX_VALUE && all % rows > 0) {
                tell(all / rows + 1, all % rows);
            }
        }

        private void tell(long number, long count) {
            batches.accept(new BatchProgress(number, target.topic(), count - failed, failed, all, size));
            failed = 0;
        }
    }

    private final class Pending implements Callback {
        private final FeedRecord record;
        private volatile @Nullable Delivery delivery;

        private Pending(FeedRecord record) {
            this.record = record;
        }

        @Override
        public void onCompletion(RecordMetadata metadata, @Nullable Exception exception) {
            if (exception == null) {
                delivery = new Delivery.Acked(metadata.topic(), metadata.partition(), metadata.offset());
            } else if (exception instanceof RecordTooLargeException || exception instanceof InvalidRecordException) {
                delivery = REFUSED;
            } else {
                failure.compareAndSet(null, exception);
                delivery = UNKNOWN;
            }
        }
    }
}
