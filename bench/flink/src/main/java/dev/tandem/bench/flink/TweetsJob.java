package dev.tandem.bench.flink;

import java.time.Duration;
import java.util.LinkedHashMap;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.util.Collector;

/**
 * The views of the tweets pipeline over a stream of messages: pipelines/tweets/pipeline.yaml in Flink's words. Rules come first, so
 * that a refused message moves no watermark; then first copies; then the windows.
 *
 * @param every how often a changed row of an open window is written
 */
record TweetsJob(Duration every) {
    private static final Duration DELAY = Duration.ofMinutes(2);
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration HORIZON = Duration.ofMinutes(30);
    private static final Duration WINDOW = Duration.ofMinutes(20);

    /** What comes out. */
    record Views(
            DataStream<Refused> refused,
            DataStream<StatsRow> stats,
            DataStream<TotalsRow> totals,
            DataStream<TopRow> top) {}

    Views over(DataStream<Arrived> messages) {
        var read = messages.process(new Reading());
        var tweets = read.assignTimestampsAndWatermarks(WatermarkStrategy.<Tweet>forBoundedOutOfOrderness(DELAY)
                        .withTimestampAssigner((tweet, before) -> tweet.createdMillis())
                        .withIdleness(IDLE))
                .keyBy(Tweet::id)
                .process(new FirstCopies(HORIZON))
                .name("first copies");
        var stats = stats(tweets);
        var top = stats.keyBy(StatsRow::start)
                .process(new TopTags(every.toMillis()))
                .name("top tags");
        return new Views(read.getSideOutput(Reading.REFUSED), stats, totals(tweets), top);
    }

    private SingleOutputStreamOperator<StatsRow> stats(DataStream<Tweet> tweets) {
        return tweets.flatMap(TweetsJob::tagged)
                .returns(TaggedTweet.class)
                .keyBy(TaggedTweet::tag)
                .window(TumblingEventTimeWindows.of(WINDOW))
                .trigger(new ChangedRows(every.toMillis()))
                .aggregate(new StatsSums.Adding(), new StatsSums.Rows())
                .name("window stats");
    }

    /** Exact distinct users need all tweets of a window in one place. */
    private SingleOutputStreamOperator<TotalsRow> totals(DataStream<Tweet> tweets) {
        return tweets.map(it -> new CountedTweet(it.user(), it.tags().size(), it.likes(), it.retweets()))
                .returns(CountedTweet.class)
                .windowAll(TumblingEventTimeWindows.of(WINDOW))
                .trigger(new ChangedRows(every.toMillis()))
                .aggregate(new TotalsSums.Adding(), new TotalsSums.Rows())
                .name("window totals");
    }

    private static void tagged(Tweet tweet, Collector<TaggedTweet> out) {
        var times = new LinkedHashMap<String, Integer>();
        tweet.tags().forEach(tag -> times.merge(tag, 1, Integer::sum));
        times.forEach((tag, count) -> out.collect(new TaggedTweet(tag, count, tweet.likes(), tweet.retweets())));
    }
}
