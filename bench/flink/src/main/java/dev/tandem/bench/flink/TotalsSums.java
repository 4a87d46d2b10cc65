package dev.tandem.bench.flink;

import java.util.HashSet;
import java.util.Set;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.streaming.api.functions.windowing.ProcessAllWindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** What has been added up in one window. It is changed in place, as copying the users for each tweet would cost more than all else. */
public final class TotalsSums {
    public Set<String> users = new HashSet<>();
    public long tweets;
    public long tagged;
    public long mentions;
    public Mean likes = Mean.NONE;
    public Mean retweets = Mean.NONE;

    /** Flink makes it by reflection. */
    public TotalsSums() {}

    private void add(CountedTweet tweet) {
        if (!tweet.user().isEmpty()) {
            users.add(tweet.user());
        }
        tweets++;
        tagged += tweet.tags() > 0 ? 1 : 0;
        mentions += tweet.tags();
        likes = likes.with(tweet.likes());
        retweets = retweets.with(tweet.retweets());
    }

    private void add(TotalsSums other) {
        users.addAll(other.users);
        tweets += other.tweets;
        tagged += other.tagged;
        mentions += other.mentions;
        likes = likes.plus(other.likes);
        retweets = retweets.plus(other.retweets);
    }

    /** Adds tweets up. */
    static final class Adding implements AggregateFunction<CountedTweet, TotalsSums, TotalsSums> {
        private static final long serialVersionUID = 1;

        @Override
        public TotalsSums createAccumulator() {
            return new TotalsSums();
        }

        @Override
        public TotalsSums add(CountedTweet tweet, TotalsSums sums) {
            sums.add(tweet);
            return sums;
        }

        @Override
        public TotalsSums getResult(TotalsSums sums) {
            return sums;
        }

        @Override
        public TotalsSums merge(TotalsSums one, TotalsSums other) {
            one.add(other);
            return one;
        }
    }

    /** Gives the sums their window. */
    static final class Rows extends ProcessAllWindowFunction<TotalsSums, TotalsRow, TimeWindow> {
        private static final long serialVersionUID = 1;

        @Override
        public void process(Context context, Iterable<TotalsSums> all, Collector<TotalsRow> out) {
            var window = context.window();
            for (var sums : all) {
                out.collect(new TotalsRow(
                        window.getStart(),
                        window.getEnd(),
                        sums.tweets,
                        sums.users.size(),
                        sums.tagged,
                        sums.mentions,
                        sums.likes,
                        sums.retweets));
            }
        }
    }
}
