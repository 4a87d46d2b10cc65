package dev.tandem.engine.recount;

import dev.tandem.engine.landed.TraitSearch.Found;
import dev.tandem.engine.landed.TraitSearch.Kind;
import dev.tandem.engine.stage.PartThreads;
import dev.tandem.fold.Fates;
import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.recount.Arrivals;
import dev.tandem.fold.recount.ComparedPart;
import dev.tandem.fold.recount.EventTimes;
import dev.tandem.fold.recount.ExpectedRows;
import dev.tandem.fold.recount.RankedPart;
import dev.tandem.fold.recount.Recount;
import dev.tandem.fold.recount.Recount.Deviation;
import dev.tandem.fold.recount.RecountResult;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A recount whose rows are on the disks of the executors, and those that are stored in files, both by part, so that memory holds the
 * rows of a few parts at a time. To be closed.
 */
public final class RecountInParts implements RecountResult, AutoCloseable {
    /** The plan that is recounted, what has closed at the cut, and the views that both modes have stored. */
    record Of(FoldPlan plan, Watermarks at, Set<String> views) {}

    /** What holds for the whole log: what was counted beside rows, how often traits occur, the event times of each partition. */
    record Sums(Recount recount, Map<Kind, Found> traits, SortedMap<Integer, EventTimes> times) {}

    private final Of of;
    private final Recount total;
    private final Map<Kind, Found> traits;
    private final SortedMap<Integer, EventTimes> times;
    private final RecountStages stages;
    private final StoredParts stored;
    private final PartThreads threads;
    private final Map<Deviation, Long> deviants = new TreeMap<>();
    private long waiting;

    /** The stages, the files and the threads are closed with this. */
    RecountInParts(Of of, Sums sums, RecountStages stages, StoredParts stored, PartThreads threads) {
        this.of = of;
        this.total = sums.recount();
        this.traits = sums.traits();
        this.times = sums.times();
        this.stages = stages;
        this.stored = stored;
        this.threads = threads;
        this.waiting = total.waiting(of.at().close());
        deviants.putAll(total.deviantRecords());
    }

    @Override
    public <T> void compare(Function<ComparedPart, T> compare, Consumer<T> sum) {
        threads.onEach(stages.groupsOfRows(), group -> {
            stages.rows(group, (part, expected) -> add(compare.apply(rows(part, expected)), sum));
            return group;
        });
        threads.onEach(stored.partsOfRanks(), part -> {
            add(compare.apply(ranks(part)), sum);
            return part;
        });
        var marked = stages.marked();
        waiting += marked.waiting();
        marked.deviating().forEach((kind, records) -> deviants.merge(kind, records, Long::sum));
    }

    private <T> void add(T compared, Consumer<T> sum) {
        synchronized (this) {
            sum.accept(compared);
        }
    }

    private ComparedPart rows(int part, ExpectedRows expected) {
        var its = stored.ofRows(part);
        return new ComparedPart(its.stream(), its.batch(), expected.stream(), expected.batch(), expected.reasons());
    }

    private ComparedPart ranks(int part) {
        var its = stored.ofRanks(part);
        var ranked = new RankedPart(of.plan(), of.at());
        its.stream().forEach(ranked::ask);
        its.batch().forEach(ranked::ask);
        stages.candidates(part).forEach(ranked::take);
        return new ComparedPart(
                its.stream(),
                its.batch(),
                ranked.streamRows(of.views()),
                ranked.batchRows(of.views()),
                ranked::reasons);
    }

    @Override
    public Fates fates() {
        return total.fates();
    }

    /** Quarantined records by rule. */
    public Map<String, Long> reasons() {
        return total.reasons();
    }

    /** How often traits occur among the records that the stream refused, and among all. */
    public Map<Kind, Found> traits() {
        return traits;
    }

    @Override
    public SortedMap<Integer, EventTimes> times() {
        return times;
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
        stages.close();
        stored.close();
    }
}
