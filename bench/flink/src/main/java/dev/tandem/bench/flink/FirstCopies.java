package dev.tandem.bench.flink;

import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Lets the first copy of each tweet pass, and remembers its id until the watermark is the horizon past its event time. */
final class FirstCopies extends KeyedProcessFunction<String, Tweet, Tweet> {
    private static final long serialVersionUID = 1;
    private final Duration horizon;
    private transient ValueState<Boolean> seen;

    @SuppressWarnings("NullAway.Init") // Flink calls open first
    FirstCopies(Duration horizon) {
        this.horizon = horizon;
    }

    @Override
    public void open(OpenContext context) {
        seen = getRuntimeContext().getState(new ValueStateDescriptor<>("seen", Types.BOOLEAN));
    }

    @Override
    public void processElement(Tweet tweet, Context context, Collector<Tweet> out) throws Exception {
        if (seen.value() == null) {
            seen.update(true);
            context.timerService().registerEventTimeTimer(tweet.createdMillis() + horizon.toMillis());
            out.collect(tweet);
        }
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<Tweet> out) {
        seen.clear();
    }
}
