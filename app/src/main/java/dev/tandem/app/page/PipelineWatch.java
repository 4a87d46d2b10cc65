package dev.tandem.app.page;

import dev.tandem.app.run.RunNote;
import dev.tandem.app.run.StateNote;
import dev.tandem.app.run.Whereabouts;
import dev.tandem.model.KafkaAddress;
import dev.tandem.model.Source;
import dev.tandem.page.data.Activity;
import dev.tandem.page.data.MicroBatch;
import dev.tandem.page.data.PipelineLine;
import dev.tandem.page.data.Pulse;
import dev.tandem.page.data.RefusalKind;
import dev.tandem.page.data.Refusals;
import dev.tandem.page.data.RunLine;
import dev.tandem.page.data.Unavailable;
import dev.tandem.store.DatabaseAddress;
import dev.tandem.store.JdbcTopics;
import dev.tandem.store.LedgerPoll;
import dev.tandem.store.LedgerReader;
import dev.tandem.store.RefusedRecords;
import dev.tandem.store.Runs;
import dev.tandem.store.TableReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One pipeline under watch: it remembers what was read of it, so that a look each second reads only what is new. When the
 * pipeline's tables are others than before, as after a demo, it begins anew.
 */
final class PipelineWatch {
    /** Counting open rows is the only question of a pulse whose cost grows with the tables. */
    private static final Duration OPEN_EVERY = Duration.ofSeconds(2);

    private static final int LONGEST_RAW = 4_000;
    private static final TableReader.Open NONE = new TableReader.Open(0, 0);

    private final ServedPipeline served;
    private final Whereabouts whereabouts;
    private final Brokers brokers;
    private final Clock clock;
    private final LastReport report = new LastReport();
    private @Nullable Memory memory;

    /** What is known of the tables at {@code address}. */
    private static final class Memory {
        final DatabaseAddress address;
        final LedgerTail tail;
        String runsStamp = "none yet";
        RunBook runs = RunBook.EMPTY;
        Map<Integer, Long> shifts = Map.of();
        TableReader.Open open = NONE;
        long openAt = -1;
        Instant openSince = Instant.EPOCH;

        Memory(DatabaseAddress address, String pipeline) {
            this.address = address;
            this.tail = new LedgerTail(new LedgerPoll(address, pipeline));
        }
    }

    PipelineWatch(ServedPipeline served, Whereabouts whereabouts, Brokers brokers, Clock clock) {
        this.served = served;
        this.whereabouts = whereabouts;
        this.brokers = brokers;
        this.clock = clock;
    }

    ServedPipeline served() {
        return served;
    }

    ViewTables views() {
        return new ViewTables(served, whereabouts);
    }

    /** {@code shifts} make a position of an offset, for each partition of a topic that was created again. */
    private record Known(LedgerTail.Standing ledger, RunBook runs, Map<Integer, Long> shifts, TableReader.Open open) {
        static final Known NOTHING = new Known(LedgerTail.Standing.NOTHING, RunBook.EMPTY, Map.of(), NONE);

        /** How far the topic is read, as its broker counts. */
        Map<Integer, Long> offsets() {
            var offsets = new HashMap<Integer, Long>();
            ledger.last()
                    .forEach(it -> it.ranges()
                            .forEach((partition, range) -> offsets.merge(
                                    partition, range.until() - shifts.getOrDefault(partition, 0L), Math::max)));
            return offsets;
        }
    }

    /** While a start brings up the servers there is nothing to read, and nothing is wrong. */
    private Known known() {
        try {
            return readable();
        } catch (Unavailable e) {
            if (running().stream().anyMatch(it -> it.doing().isPresent())) {
                return Known.NOTHING;
            }
            throw e;
        }
    }

    /** Asked by several threads, of which one reads. */
    private synchronized Known readable() {
        var address = served.ledger(whereabouts);
        if (address.isEmpty()) {
            memory = null;
            return Known.NOTHING;
        }
        var here = memory;
        if (here == null || !here.address.equals(address.get())) {
            here = new Memory(address.get(), served.name());
            memory = here;
        }
        var of = here;
        return Reading.of(() -> read(of), Known.NOTHING);
    }

    private Known read(Memory of) {
        var ledger = of.tail.standing();
        if (!ledger.runs().equals(of.runsStamp)) {
            of.runs = RunBook.read(new Runs(of.address), served.name());
            of.shifts = shifts(of.address);
            of.runsStamp = ledger.runs();
        }
        long number = ledger.newest().map(LedgerReader.MicroBatch::number).orElse(-1L);
        if (number != of.openAt && clock.instant().isAfter(of.openSince.plus(OPEN_EVERY))) {
            of.open = views().open(
                            ledger.newest().flatMap(it -> PulseReading.told(it).watermark()));
            of.openAt = number;
            of.openSince = clock.instant();
        }
        return new Known(ledger, of.runs, of.shifts, of.open);
    }

    /** A stream notes them when it starts. */
    private Map<Integer, Long> shifts(DatabaseAddress address) {
        var shifts = new HashMap<Integer, Long>();
        var entries = new JdbcTopics(address, served.name()).entries();
        if (!entries.isEmpty()) {
            entries.get(entries.size() - 1).parts().forEach(it -> shifts.put(it.partition(), it.shift()));
        }
        return Map.copyOf(shifts);
    }

    Pulse pulse() {
        var known = known();
        return reading(known).pulse(revision(known));
    }

    private PulseReading reading(Known known) {
        return new PulseReading(
                served.pipeline(),
                known.ledger(),
                known.runs(),
                known.open(),
                lag(known),
                state(),
                running(),
                clock.instant());
    }

    private List<StateNote.Part> state() {
        return StateNote.read(served.hosting().workspace().latest(served.name()).stateNote(served.name()));
    }

    private List<RunNote.Status> running() {
        return RunNote.read(served.hosting().workspace(), served.name());
    }

    private String revision(Known known) {
        var newest = known.ledger().newest();
        return "%d@%s %s %s %s %s"
                .formatted(
                        newest.map(LedgerReader.MicroBatch::number).orElse(-1L),
                        newest.map(LedgerReader.MicroBatch::committedAt).orElse(Instant.EPOCH),
                        known.ledger().runs(),
                        lastReport().map(LastReport.Read::stamp).orElse("-"),
                        whereabouts.home(served.hosting(), served.pipeline()).getFileName(),
                        running());
    }

    /** How many records the source holds that are not committed; empty where nobody can say. */
    private Optional<Long> lag(Known known) {
        return served.pipeline()
                .source()
                .fold(
                        kafka -> served.broker(whereabouts)
                                .flatMap(broker -> ends(broker, kafka.topics()))
                                .map(ends -> behind(ends, known.offsets())),
                        files -> Optional.empty(),
                        rows -> Optional.empty());
    }

    /** Of all topics, as the ledger numbers their partitions; empty while one is unknown. */
    private Optional<Map<Integer, Long>> ends(KafkaAddress broker, List<String> topics) {
        var all = new HashMap<Integer, Long>();
        for (int index = 0; index < topics.size(); index++) {
            var ends = brokers.ends(broker, topics.get(index));
            if (ends.isEmpty()) {
                return Optional.empty();
            }
            int first = Source.Kafka.firstNumber(index);
            ends.get().forEach((partition, end) -> all.put(first + partition, end));
        }
        return Optional.of(all);
    }

    private static long behind(Map<Integer, Long> ends, Map<Integer, Long> committed) {
        return ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - committed.getOrDefault(end.getKey(), 0L)))
                .sum();
    }

    /** The stream as a reader of a topic: how far it is behind in each partition. */
    Map<Integer, Long> lagByPartition(String topic, Map<Integer, Long> ends) {
        var topics =
                served.pipeline().source().asKafka().map(Source.Kafka::topics).orElse(List.of());
        int first = Source.Kafka.firstNumber(Math.max(0, topics.indexOf(topic)));
        var committed = known().offsets();
        var lag = new HashMap<Integer, Long>();
        ends.forEach((partition, end) ->
                lag.put(partition, Math.max(0, end - committed.getOrDefault(first + partition, 0L))));
        return lag;
    }

    Activity activity() {
        return reading(known()).activity();
    }

    PipelineLine line() {
        var reading = reading(known());
        return line(reading, reading.activity(), reading.latency().p95(), reading.lag());
    }

    /** The line of a pipeline whose tables cannot be read now: its pages tell why. */
    PipelineLine unreadable() {
        return line(reading(Known.NOTHING), Activity.STOPPED, Optional.empty(), Optional.empty());
    }

    private PipelineLine line(PulseReading reading, Activity stream, Optional<Double> latency, Optional<Long> lag) {
        var compared = lastReport();
        return new PipelineLine(
                served.name(),
                served.pipeline().about(),
                compared.map(LastReport.Read::verdict).orElse("pending"),
                compared.map(LastReport.Read::percent),
                compared.map(LastReport.Read::unexplained).orElse(0L),
                compared.flatMap(LastReport.Read::comparedAt),
                stream,
                latency,
                lag,
                DefinedFacts.scheduleInWords(served.pipeline()),
                reading.scheduler());
    }

    List<MicroBatch> microBatches(int most) {
        var last = known().ledger().last();
        return last.stream()
                .skip(Math.max(0, last.size() - most))
                .map(PulseReading::told)
                .toList();
    }

    List<RunLine> runs() {
        var known = known();
        return known.runs().lines(reading(known).activity());
    }

    Optional<LastReport.Read> lastReport() {
        return report.read(served.report(whereabouts));
    }

    Refusals refusals(RefusalKind kind, int most) {
        var nothing = new Refusals(kind, 0, Map.of(), List.of());
        return served.ledger(whereabouts)
                .map(address -> Reading.of(() -> refusals(address, kind, most), nothing))
                .orElse(nothing);
    }

    private Refusals refusals(DatabaseAddress address, RefusalKind kind, int most) {
        var look = new RefusedRecords(address, served.name());
        var fates = new LedgerReader(address, served.name()).totals();
        var landing = served.pipeline()
                .source()
                .landing()
                .fold(table -> Optional.of(table.table()), segments -> Optional.<String>empty());
        return switch (kind) {
            case QUARANTINE ->
                new Refusals(kind, fates.quarantined(), look.quarantineCounts(), samples(look.quarantined(most)));
            case LATE ->
                new Refusals(
                        kind, fates.late() + fates.latePartial(), look.lateCounts(), samples(look.late(most, landing)));
            case DUPLICATE ->
                new Refusals(kind, fates.duplicate(), look.duplicateCounts(), samples(look.duplicates(most)));
        };
    }

    private static List<Refusals.Sample> samples(List<RefusedRecords.Refused> records) {
        return records.stream().map(PipelineWatch::sample).toList();
    }

    private static Refusals.Sample sample(RefusedRecords.Refused it) {
        return new Refusals.Sample(
                "%d-%d".formatted(it.at().partition(), it.at().position()),
                it.reason(),
                it.detail(),
                it.arrivedAt(),
                it.eventTime(),
                it.microBatch(),
                it.raw().length() <= LONGEST_RAW ? it.raw() : it.raw().substring(0, LONGEST_RAW) + "…");
    }
}
