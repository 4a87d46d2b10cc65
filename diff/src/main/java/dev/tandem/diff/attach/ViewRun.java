package dev.tandem.diff.attach;

import dev.tandem.diff.attach.AttachAnswer.SideAnswer;
import dev.tandem.diff.attach.AttachAnswer.ViewAnswer;
import dev.tandem.diff.attach.Attachment.Tables;
import dev.tandem.diff.duck.Duck;
import dev.tandem.diff.table.Question.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Works on one view: reads its tables, infers how their jobs work, then explains. */
final class ViewRun {
    private final Duck duck;
    private final Log log;
    private final ViewPlan plan;
    private final Attachment.Setting setting;

    /** The log as it was read. */
    record Log(LogShape shape, List<Clock> clocks, LogTable.Facts facts) {}

    /** A table and what is inferred of its job. */
    private record Side(boolean ofStream, ForeignTable.Facts facts, Equality equality, Optional<Inference> inference) {
        String table() {
            return ofStream ? ForeignTable.STREAM : ForeignTable.BATCH;
        }

        Side with(Optional<Inference> other) {
            return new Side(ofStream, facts, equality, other);
        }
    }

    ViewRun(Duck duck, Log log, ViewPlan plan, Attachment.Setting setting) {
        this.duck = duck;
        this.log = log;
        this.plan = plan;
        this.setting = setting;
    }

    ViewAnswer answer(Tables tables, DifferenceFile differences) {
        var sides = new ArrayList<Side>();
        read(true, tables.stream(), tables).ifPresent(sides::add);
        read(false, tables.batch(), tables).ifPresent(sides::add);
        var rows = new ViewRows(duck, plan, 0);
        rows.make(log.facts().records());
        var shifts = new Shifts(duck, plan)
                .candidates(sides.stream().map(Side::table).toList());
        var inferred = infer(rows, 0, sides);
        for (long shift : shifts) {
            var shifted = new ViewRows(duck, plan, shift);
            shifted.make(log.facts().records());
            inferred = better(inferred, infer(shifted, shift, sides));
        }
        if (!shifts.isEmpty()) {
            rows.make(log.facts().records());
        }
        return explained(rows, recounted(rows, inferred), differences);
    }

    private Optional<Side> read(boolean ofStream, Optional<Source> source, Tables tables) {
        var table = new ForeignTable(duck, plan);
        var name = ofStream ? ForeignTable.STREAM : ForeignTable.BATCH;
        if (source.isEmpty()) {
            table.none(name);
            return Optional.empty();
        }
        var foreign = (ofStream ? tables.attached().stream() : tables.attached().batch()).orElseThrow();
        setting.progress().accept("reading " + source.get().side().shown());
        var facts = table.read(new ForeignTable.Wanted(name, source.get(), foreign.columns()));
        return Optional.of(new Side(ofStream, facts, new Equality(plan, facts.compared()), Optional.empty()));
    }

    /** Tries every behaviour with these bounds of the windows. */
    private List<Side> infer(ViewRows rows, long shift, List<Side> sides) {
        var manners = new Manners(
                plan,
                log.clocks(),
                log.facts().repeatedKeys() > 0 && plan.dedup().isPresent(),
                log.shape().hasArrivals());
        var first = sides.stream()
                .map(side -> new Search(search(side, shift), side.ofStream() ? manners.first() : manners.ofBatch()))
                .toList();
        rows.each(row -> first.forEach(search -> search.take(row)));
        var result = new ArrayList<Side>();
        for (int index = 0; index < sides.size(); index++) {
            var side = sides.get(index);
            var found = first.get(index).found();
            var more = side.ofStream()
                    ? manners.second(first.get(index).bestPairs(Manners.PAIRS))
                    : List.<Search.Manner>of();
            int tried =
                    side.ofStream() ? manners.first().size() : manners.ofBatch().size();
            if (!more.isEmpty()) {
                var second = new Search(search(side, shift), more);
                rows.each(second::take);
                found = merged(found, second.found());
            }
            var context = new Inference.Context(log.clocks(), ownDelay(), shift, tried + more.size());
            result.add(side.with(Inference.of(found, context)));
        }
        return result;
    }

    private Search.Setting search(Side side, long shift) {
        return new Search.Setting(
                plan,
                side.ofStream(),
                shift,
                side.equality(),
                log.clocks(),
                log.facts().last());
    }

    private static Search.Found merged(Search.Found one, Search.Found other) {
        if (other.fitting() < one.fitting()) {
            return one;
        }
        var best = new ArrayList<>(other.best());
        if (other.fitting() == one.fitting()) {
            best.addAll(one.best());
        }
        best.sort(Search.plainest());
        return new Search.Found(one.rows(), other.fitting(), best, one.leftOut(), one.rounded() || other.rounded());
    }

    private long ownDelay() {
        return plan.delay().toNanos() / 1_000;
    }

    /** Of each table the inference that gives the larger share of the rows; the plain bounds where both give as much. */
    private static List<Side> better(List<Side> plain, List<Side> shifted) {
        var chosen = new ArrayList<Side>();
        for (int index = 0; index < plain.size(); index++) {
            double one = plain.get(index).inference().map(Inference::percent).orElse(-1.0);
            double other =
                    shifted.get(index).inference().map(Inference::percent).orElse(-1.0);
            chosen.add(other > one ? shifted.get(index) : plain.get(index));
        }
        return chosen;
    }

    /** Counts exactly what each inferred job gives, and forgets what does not even give half of its table. */
    private List<Side> recounted(ViewRows rows, List<Side> sides) {
        var tallies = tallies(sides);
        rows.each(row -> {
            if (row.complete()) {
                tallies.forEach(tally -> tally.take(row));
            }
        });
        var counted = new ArrayList<Side>();
        for (int index = 0; index < sides.size(); index++) {
            var tally = tallies.get(index);
            var side = sides.get(index);
            counted.add(side.with(side.inference()
                    .map(it -> it.shiftMicros() == 0 ? it.recounted(tally.reproduced(), tally.expected()) : it)
                    .filter(it -> 2 * it.reproduced() >= it.rows())));
        }
        return counted;
    }

    private List<SideTally> tallies(List<Side> sides) {
        return sides.stream()
                .map(side -> new SideTally(side.ofStream(), plan, side.equality(), bridges(side)))
                .toList();
    }

    private ViewAnswer explained(ViewRows rows, List<Side> sides, DifferenceFile differences) {
        var tallies = tallies(sides);
        var worst = new WorstRows(plan, setting.rows());
        var counted = new long[1];
        rows.each(row -> {
            if (!row.complete()) {
                return;
            }
            var logs = tallies.stream().map(tally -> tally.take(row)).toList();
            counted[0] += logs.get(0).isPresent() ? 1 : 0;
            worst.take(row, logs.get(0), tallies);
            differences.write(plan, row, logs.get(0), tallies);
        });
        var answers = new ArrayList<Optional<SideAnswer>>(List.of(Optional.empty(), Optional.empty()));
        for (int index = 0; index < sides.size(); index++) {
            answers.set(sides.get(index).ofStream() ? 0 : 1, Optional.of(answer(sides.get(index), tallies.get(index))));
        }
        return new ViewAnswer(plan.shape().name(), counted[0], answers.get(0), answers.get(1), worst.worst());
    }

    /** A job with other bounds has other rows, so records cannot be named for the definition's rows. */
    private RowBridges bridges(Side side) {
        var job = side.inference()
                .filter(it -> it.shiftMicros() == 0)
                .map(it -> new JobRecount(it, log.clocks(), log.facts().last()));
        return new RowBridges(plan, side.equality(), job, new RowBridges.Records(log.shape(), setting.records()));
    }

    private static SideAnswer answer(Side side, SideTally tally) {
        return new SideAnswer(
                side.facts().shown(),
                side.facts().consistency(),
                tally.counts(),
                side.facts().missing(),
                side.inference(),
                tally.places());
    }
}
