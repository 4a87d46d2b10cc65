package dev.tandem.bench.flink;

import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** What has been added up for one tag in one window. */
public record StatsSums(long tweets, long mentions, Mean likes, Mean retweets) {

    /** Adds tweets up. */
    static final class Adding implements AggregateFunction<TaggedTweet, StatsSums, StatsSums> {
        private static final long serialVersionUID = 1;

        @Override
        public StatsSums createAccumulator() {
            return new StatsSums(0, 0, Mean.NONE, Mean.NONE);
        }

        @Override
        public StatsSums add(TaggedTweet tweet, StatsSums sums) {
            return new StatsSums(
                    sums.tweets + 1,
                    sums.mentions + tweet.times(),
                    sums.likes.with(tweet.likes()),
                    sums.retweets.with(tweet.retweets()));
        }

        @Override
        public StatsSums getResult(StatsSums sums) {
            return sums;
        }

        @Override
        public StatsSums merge(StatsSums one, StatsSums other) {
            return new StatsSums(
                    one.tweets + other.tweets,
                    one.mentions + other.mentions,
                    one.likes.plus(other.likes),
                    one.retweets.plus(other.retweets));
        }
    }

    /** Gives the sums their tag and window. */
    static final class Rows extends ProcessWindowFunction<StatsSums, StatsRow, String, TimeWindow> {
        private static final long serialVersionUID = 1;

        @Override
        public void process(String tag, Context context, Iterable<StatsSums> all, Collector<StatsRow> out) {
            var window = context.window();
            for (var sums : all) {
                out.collect(new StatsRow(
                        window.getStart(),
                        window.getEnd(),
                        tag,
                        sums.tweets,
                        sums.mentions,
                        sums.likes,
                        sums.retweets));
            }
        }
    }
}
