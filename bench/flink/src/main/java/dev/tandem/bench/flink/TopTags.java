package dev.tandem.bench.flink;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Ranks the tags of a window by mentions, and gives the ranks that have changed: once in an interval and when the window closes. */
final class TopTags extends KeyedProcessFunction<Long, StatsRow, TopRow> {
    private static final long serialVersionUID = 1;
    private static final int RANKS = 10;
    private final long everyMillis;
    private transient MapState<String, StatsRow> rows;
    private transient ListState<StatsRow> given;

    @SuppressWarnings("NullAway.Init") // Flink calls open first
    TopTags(long everyMillis) {
        this.everyMillis = everyMillis;
    }

    @Override
    public void open(OpenContext context) {
        var row = TypeInformation.of(StatsRow.class);
        rows = getRuntimeContext().getMapState(new MapStateDescriptor<>("rows", Types.STRING, row));
        given = getRuntimeContext().getListState(new ListStateDescriptor<>("given", row));
    }

    @Override
    public void processElement(StatsRow row, Context context, Collector<TopRow> out) throws Exception {
        rows.put(row.tag(), row);
        var timers = context.timerService();
        timers.registerEventTimeTimer(row.end() - 1);
        timers.registerProcessingTimeTimer(ChangedRows.next(timers.currentProcessingTime(), everyMillis));
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<TopRow> out) throws Exception {
        var ranked = ranked();
        var before = new ArrayList<StatsRow>();
        given.get().forEach(before::add);
        for (int index = 0; index < ranked.size(); index++) {
            var row = ranked.get(index);
            if (index >= before.size() || !before.get(index).equals(row)) {
                out.collect(new TopRow(index + 1, row));
            }
        }
        if (context.timeDomain() == TimeDomain.EVENT_TIME) {
            rows.clear();
            given.clear();
        } else {
            given.update(ranked);
        }
    }

    private List<StatsRow> ranked() throws Exception {
        var all = new ArrayList<StatsRow>();
        rows.values().forEach(all::add);
        all.sort(Comparator.comparingLong(StatsRow::mentions).reversed().thenComparing(StatsRow::tag));
        return List.copyOf(all.subList(0, Math.min(RANKS, all.size())));
    }
}
