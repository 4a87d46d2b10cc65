package dev.tandem.parity;

import dev.tandem.fold.Fates;
import dev.tandem.fold.ResultRow;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.recount.Arrivals;
import dev.tandem.fold.recount.ComparedPart;
import dev.tandem.fold.recount.EventTimes;
import dev.tandem.fold.recount.Recount;
import dev.tandem.fold.recount.Recount.Deviation;
import dev.tandem.fold.recount.RecountResult;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** A recount and stored rows that are one part, held in memory. */
record InMemory(Recount recount, Watermarks at, List<ResultRow> stream, List<ResultRow> batch)
        implements RecountResult {
    @Override
    public <T> void compare(Function<ComparedPart, T> compare, Consumer<T> sum) {
        sum.accept(compare.apply(
                new ComparedPart(stream, batch, recount.streamRows(at), recount.batchRows(at), recount::deviations)));
    }

    @Override
    public Fates fates() {
        return recount.fates();
    }

    @Override
    public SortedMap<Integer, EventTimes> times() {
        return Collections.emptySortedMap();
    }

    @Override
    public Arrivals arrivals() {
        return recount.arrivals();
    }

    @Override
    public Map<Deviation, Long> deviantRecords() {
        return recount.deviantRecords();
    }

    @Override
    public long waiting() {
        return recount.waiting(at.close());
    }
}
