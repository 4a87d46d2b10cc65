package dev.tandem.testkit.oracle;

/** The views of the tweets pipeline as SQL over a table of counted tweets, written from their description alone. */
public enum TweetView {
    WINDOW_STATS("""
            select window_start, window_start + interval 20 minutes as window_end, hashtag,
                count(*) as tweets, sum(times)::bigint as mentions, mean(sum(likes), count(likes)) as avg_likes,
                mean(sum(retweets), count(retweets)) as avg_retweets
            from (select window_start, tweet_id, hashtag, likes, retweets, count(*) as times
                from (select window_start, tweet_id, likes, retweets, unnest(tags) as hashtag from %s) group by all)
            group by all"""),
    WINDOW_TOTALS("""
            select window_start, window_start + interval 20 minutes as window_end,
                count(*) as tweets, count(distinct user_id) as users, count(*) filter (where len(tags) > 0) as tagged,
                sum(len(tags))::bigint as mentions, mean(sum(likes), count(likes)) as avg_likes,
                mean(sum(retweets), count(retweets)) as avg_retweets
            from %s group by all"""),
    TOP_HASHTAGS("""
            select window_start, window_end, row_number() over by_mentions as rank,
                hashtag, tweets, mentions, avg_likes, avg_retweets
            from (""" + WINDOW_STATS.sql + """
            ) window by_mentions as (partition by window_start order by mentions desc, hashtag asc)
            qualify rank <= 10""");

    private final String sql;

    TweetView(String sql) {
        this.sql = sql;
    }

    String over(String counted) {
        return sql.formatted(counted);
    }
}
