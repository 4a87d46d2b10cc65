package dev.tandem.diff.attach;

import dev.tandem.diff.attach.Bridge.Cause;
import dev.tandem.diff.attach.Bridge.Step;
import dev.tandem.diff.attach.RowAnswer.CauseRecords;
import dev.tandem.diff.attach.RowAnswer.RecordLine;
import dev.tandem.diff.attach.ViewRows.RowCase;
import dev.tandem.model.Instants;
import dev.tandem.parity.Numbers;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Leads from the row of a table to the row of the log, one cause after the other. */
final class RowBridges {
    private final ViewPlan plan;
    private final Equality equality;
    private final Optional<JobRecount> job;
    private final Records shown;

    /** How many records of a cause are shown, and the log that they stand in. */
    record Records(LogShape log, int most) {}

    /** @param job empty where nothing was inferred, so that a difference stays unexplained */
    RowBridges(ViewPlan plan, Equality equality, Optional<JobRecount> job, Records shown) {
        this.plan = plan;
        this.equality = equality;
        this.job = job;
        this.shown = shown;
    }

    /** A row at one point of the way, reached by {@code cause}. */
    private record Stage(Cause cause, Optional<List<@Nullable Object>> row, long records) {}

    /** The doubtful records of a row by what becomes of them. */
    private record Sorted(List<RowRecord> byJob, List<RowRecord> late, List<RowRecord> missed, List<RowRecord> again) {}

    private Sorted sorted(RowCase row) {
        var sorted = new Sorted(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (var record : row.doubtful()) {
            boolean byLog = plan.counts(record.copies());
            boolean byJob = job.map(it -> it.counts(record)).orElse(byLog);
            if (byJob) {
                sorted.byJob().add(record);
            }
            if (byJob && !byLog) {
                sorted.again().add(record);
            } else if (byLog && !byJob) {
                (job.orElseThrow().isLate(record) ? sorted.late() : sorted.missed()).add(record);
            }
        }
        return sorted;
    }

    /** What the log gives, and what the job gives. */
    record Both(Optional<List<@Nullable Object>> log, Optional<List<@Nullable Object>> job) {}

    Both both(RowCase row) {
        var stages = stages(row, sorted(row));
        return new Both(stages.get(stages.size() - 1).row(), stages.get(0).row());
    }

    /** Whether the inferred job writes such a row later. */
    boolean waits(RowCase row) {
        return job.filter(it -> !it.writes(ViewPlan.end(row.window(), 0))).isPresent();
    }

    RowAnswer.SideRow of(RowCase row, Optional<List<@Nullable Object>> stored) {
        var sorted = sorted(row);
        var stages = stages(row, sorted);
        var bridges = new ArrayList<Bridge>();
        for (int index = 0; index < plan.shape().measures().size(); index++) {
            if (equality.compares(index)) {
                bridges.add(bridge(index, stored, stages));
            }
        }
        var differing = bridges.stream().filter(it -> !it.steps().isEmpty()).toList();
        var causes = new ArrayList<CauseRecords>();
        causes(Cause.LATE, sorted.late(), causes);
        var copies = new ArrayList<>(sorted.missed());
        copies.addAll(sorted.again());
        causes(Cause.DUPLICATE, copies, causes);
        return new RowAnswer.SideRow(differing.isEmpty() ? bridges : differing, causes);
    }

    /** From the row that the job gives to the row that the log gives. */
    private List<Stage> stages(RowCase row, Sorted sorted) {
        var counted = row.counted();
        var stages = new ArrayList<Stage>();
        sorted.byJob().forEach(it -> it.addTo(counted));
        var whole = counted.values(row.window(), row.key());
        boolean written =
                job.map(it -> it.writes(ViewPlan.end(row.window(), 0))).orElse(true);
        stages.add(new Stage(Cause.UNEXPLAINED, written ? whole : Optional.empty(), 0));
        stages.add(new Stage(Cause.OPEN, whole, 0));
        sorted.late().forEach(it -> it.addTo(counted));
        stages.add(new Stage(
                Cause.LATE,
                counted.values(row.window(), row.key()),
                sorted.late().size()));
        sorted.missed().forEach(it -> it.addTo(counted));
        sorted.again().forEach(it -> it.removeFrom(counted));
        stages.add(new Stage(
                Cause.DUPLICATE,
                counted.values(row.window(), row.key()),
                sorted.missed().size() + sorted.again().size()));
        sorted.again().forEach(it -> it.addTo(counted));
        sorted.missed().forEach(it -> it.removeFrom(counted));
        sorted.late().forEach(it -> it.removeFrom(counted));
        sorted.byJob().forEach(it -> it.removeFrom(counted));
        return stages;
    }

    private Bridge bridge(int index, Optional<List<@Nullable Object>> stored, List<Stage> stages) {
        var steps = new ArrayList<Step>();
        var before = stored;
        for (var stage : stages) {
            boolean same = stage.cause() == Cause.UNEXPLAINED
                    ? sameAsStored(index, stage.row(), before)
                    : before.isPresent() == stage.row().isPresent()
                            && Numbers.same(value(before, index), value(stage.row(), index));
            if (!same) {
                steps.add(new Step(
                        stage.cause(),
                        amount(value(before, index), value(stage.row(), index)),
                        text(before, index),
                        text(stage.row(), index),
                        stage.records()));
            }
            before = stage.row();
        }
        var log = stages.get(stages.size() - 1).row();
        return new Bridge(plan.shape().measures().get(index).name(), text(stored, index), text(log, index), steps);
    }

    private boolean sameAsStored(
            int index, Optional<List<@Nullable Object>> counted, Optional<List<@Nullable Object>> stored) {
        return counted.isPresent() == stored.isPresent()
                && equality.same(index, value(counted, index), value(stored, index));
    }

    private static @Nullable Object value(Optional<List<@Nullable Object>> row, int index) {
        return row.isPresent() ? row.get().get(index) : null;
    }

    static Optional<String> text(Optional<List<@Nullable Object>> row, int index) {
        return row.map(it -> {
            var value = it.get(index);
            return value == null ? "null" : Numbers.told(value);
        });
    }

    /** Null and a row that is not there count as 0. */
    private static Optional<BigDecimal> amount(@Nullable Object from, @Nullable Object to) {
        var one = number(from);
        var other = number(to);
        return one.isPresent() && other.isPresent() ? Optional.of(other.get().subtract(one.get())) : Optional.empty();
    }

    private static Optional<BigDecimal> number(@Nullable Object value) {
        if (value == null) {
            return Optional.of(BigDecimal.ZERO);
        }
        if (value instanceof Double floating) {
            return Double.isFinite(floating) ? Optional.of(BigDecimal.valueOf(floating)) : Optional.empty();
        }
        return value instanceof Number number ? Optional.of(new BigDecimal(number.toString())) : Optional.empty();
    }

    private void causes(Cause cause, List<RowRecord> records, List<CauseRecords> into) {
        if (!records.isEmpty()) {
            into.add(new CauseRecords(
                    cause,
                    records.size(),
                    records.stream().limit(shown.most()).map(this::line).toList()));
        }
    }

    private RecordLine line(RowRecord record) {
        long watermark = job.map(it -> it.watermark(record)).orElse(RunningClock.NONE);
        boolean byJob = job.map(it -> it.counts(record)).orElse(false);
        var named = new LinkedHashMap<String, String>();
        for (int index = 0; index < record.arguments().size(); index++) {
            named.put(
                    plan.view().measures().get(index).name(),
                    Numbers.told(record.arguments().get(index)));
        }
        return new RecordLine(
                record.at(),
                shown.log().place(record.at()),
                Instants.ofMicros(record.event()),
                shown.log().hasArrivals()
                        ? Optional.of(Instant.ofEpochMilli(record.arrivedMillis()))
                        : Optional.empty(),
                watermark == RunningClock.NONE ? Optional.empty() : Optional.of(Instants.ofMicros(watermark)),
                byJob,
                counterpart(record),
                named);
    }

    private Optional<String> counterpart(RowRecord record) {
        var copies = record.copies();
        if (plan.counts(copies) || !copies.repeated()) {
            return Optional.empty();
        }
        var at =
                copies.all().get(plan.keepsLast() ? copies.all().size() - 1 : 0).at();
        return Optional.of(shown.log().place(at).orElse(at.toString()));
    }

    /** The key columns of a row and their values, as text. */
    static Map<String, String> key(ViewPlan plan, List<@Nullable Object> values) {
        var named = new LinkedHashMap<String, String>();
        for (int index = 0; index < values.size(); index++) {
            var value = values.get(index);
            named.put(
                    plan.shape().keys().get(index).name(),
                    value == null ? "null" : Objects.requireNonNull(Numbers.told(value)));
        }
        return named;
    }
}
