package dev.tandem.engine;

import dev.tandem.engine.stage.PartThreads;
import dev.tandem.fold.Arrivals;
import dev.tandem.fold.ComparedPart;
import dev.tandem.fold.Fates;
import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.MarkedRecords;
import dev.tandem.fold.PartWriter;
import dev.tandem.fold.RankedPart;
import dev.tandem.fold.Recount;
import dev.tandem.fold.Recount.Deviation;
import dev.tandem.fold.Recounted;
import dev.tandem.fold.RecountedPart;
import dev.tandem.fold.Watermarks;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * A recount whose rows, like those that are stored, lie in files by part, so that memory holds the rows of a few parts at a time. To
 * be closed.
 */
public final class RecountInParts implements Recounted, AutoCloseable {
    /**
     * The files.
     *
     * @param rows what was counted for each row of a grouped view
     * @param marks records that are to be counted once
     * @param tops what top views choose from, by window
     */
    record Spilled(PartFiles rows, PartFiles marks, PartFiles tops, StoredParts stored) implements AutoCloseable {
        @Override
        public void close() {
            rows.close();
            marks.close();
            tops.close();
            stored.close();
        }
    }

    private final FoldPlan plan;
    private final Watermarks at;
    private final Set<String> views;
    private final Recount total;
    private final Spilled spilled;
    private final PartThreads threads;
    private final Queue<Writers> idle = new ConcurrentLinkedQueue<>();
    private final Map<Deviation, Long> deviants = new TreeMap<>();
    private long waiting;

    /** Of one thread at a time, and kept from part to part: each part has little for each file. */
    private record Writers(PartWriter marks, PartWriter tops) {}

    /** {@code total} has handed its rows over; the threads are closed with this. */
    RecountInParts(
            FoldPlan plan, Watermarks at, Set<String> views, Recount total, Spilled spilled, PartThreads threads) {
        this.plan = plan;
        this.at = at;
        this.views = views;
        this.total = total;
        this.spilled = spilled;
        this.threads = threads;
        this.waiting = total.waiting(at.close());
        deviants.putAll(total.deviantRecords());
    }

    @Override
    public <T> void compare(Function<ComparedPart, T> compare, Consumer<T> sum) {
        each(spilled.rows().parts(), this::rows, compare, sum);
        idle.forEach(it -> {
            it.marks().flush();
            it.tops().flush();
        });
        each(spilled.tops().parts(), this::ranks, compare, sum);
        threads.onEach(spilled.marks().parts(), part -> {
            var marked = new MarkedRecords();
            spilled.marks().read(part, marked::take);
            add(marked);
            return part;
        });
    }

    private <T> void each(
            int parts, IntFunction<ComparedPart> made, Function<ComparedPart, T> compare, Consumer<T> sum) {
        threads.onEach(parts, part -> {
            T compared = compare.apply(made.apply(part));
            synchronized (this) {
                sum.accept(compared);
            }
            return part;
        });
    }

    private ComparedPart rows(int part) {
        var counted = new RecountedPart(plan, at);
        spilled.rows().read(part, counted::take);
        var writers = writers();
        var resolved = counted.resolve(writers.marks(), writers.tops());
        idle.add(writers);
        var stored = spilled.stored().ofRows(part);
        return new ComparedPart(
                stored.stream(),
                stored.batch(),
                resolved.streamRows(views),
                resolved.batchRows(views),
                resolved::reasons);
    }

    private Writers writers() {
        var known = idle.poll();
        return known != null
                ? known
                : new Writers(
                        new PartWriter(spilled.marks().parts(), spilled.marks()),
                        new PartWriter(spilled.tops().parts(), spilled.tops()));
    }

    private ComparedPart ranks(int part) {
        var stored = spilled.stored().ofRanks(part);
        var ranked = new RankedPart(plan, at);
        stored.stream().forEach(ranked::ask);
        stored.batch().forEach(ranked::ask);
        spilled.tops().read(part, ranked::take);
        return new ComparedPart(
                stored.stream(), stored.batch(), ranked.streamRows(views), ranked.batchRows(views), ranked::reasons);
    }

    private synchronized void add(MarkedRecords marked) {
        waiting += marked.waiting();
        marked.deviating().forEach((kind, records) -> deviants.merge(kind, records, Long::sum));
    }

    @Override
    public Fates fates() {
        return total.fates();
    }

    /** Quarantined records by rule. */
    public Map<String, Long> reasons() {
        return total.reasons();
    }

    @Override
    public Arrivals arrivals() {
        return total.arrivals();
    }

    @Override
    public Map<Deviation, Long> deviantRecords() {
        return deviants;
    }

    @Override
    public long waiting() {
        return waiting;
    }

    @Override
    public void close() {
        threads.close();
        spilled.close();
    }
}
