package dev.tandem.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * The batch of the tweets pipeline as SQL in DuckDB: reads the landed segments, parses the messages, applies the rules, keeps the
 * first copy of each tweet, and works out the three views. Rows go to a text file for each view.
 *
 * <p>It is kinder to DuckDB than the definition is to Tandem: a number in quotes passes for a number, and rows are written to no
 * database.
 */
final class DuckBatch {
    /** Decimals of six places, half up. In whole numbers, because DuckDB divides decimals as doubles. */
    private static final String MEAN = """
            create macro mean(total, n) as case when n = 0 then null
                else ((2 * total::hugeint * 1000000 + n) // (2 * n))::decimal(24, 0) * 0.000001::decimal(7, 6) end""";

    private static final String READ = """
            create temp table tweet as
            with landed as (
                select "partition" as part, position as pos, arrived, try_cast(try(decode(raw)) as json) as message
                from read_parquet('%s')),
            typed as (
                select part, pos, arrived, message, json_transform(message, '{"tweet_id": "VARCHAR", "user_id": "VARCHAR",
                    "hashtags": ["VARCHAR"], "likes": "INTEGER", "retweets": "INTEGER", "created_at": "TIMESTAMP"}') as t
                from landed where json_type(message) = 'OBJECT'),
            valid as (
                select part, pos, t.tweet_id, t.user_id, t.likes, t.retweets, t.created_at,
                    list_filter(list_transform(t.hashtags, lambda tag: lower(trim(tag))), lambda tag: tag <> '') as tags
                from typed
                where trim(t.tweet_id) <> '' and t.created_at is not null
                    and epoch_ms(t.created_at) <= epoch_ms(arrived) + 60000
                    and coalesce(t.likes, 0) >= 0 and coalesce(t.retweets, 0) >= 0
                    and (t.likes is not null or coalesce(json_type(message, '$.likes'), 'NULL') = 'NULL')
                    and (t.retweets is not null or coalesce(json_type(message, '$.retweets'), 'NULL') = 'NULL')
                    and (t.hashtags is not null or coalesce(json_type(message, '$.hashtags'), 'NULL') = 'NULL'))
            select time_bucket(interval 20 minutes, created_at, timestamp '1970-01-01') as window_start,
                tweet_id, user_id, likes, retweets, tags
            from valid qualify row_number() over (partition by tweet_id order by part, pos) = 1""";

    private static final String STATS = """
            create temp table window_stats as
            select window_start, window_start + interval 20 minutes as window_end, hashtag,
                count(*) as tweets, sum(times)::bigint as mentions, mean(sum(likes), count(likes)) as avg_likes,
                mean(sum(retweets), count(retweets)) as avg_retweets
            from (select window_start, likes, retweets, hashtag,
                    len(list_filter(tags, lambda tag: tag = hashtag)) as times
                from (select window_start, likes, retweets, tags, unnest(list_distinct(tags)) as hashtag from tweet))
            group by all""";

    private static final String TOTALS = """
            create temp table window_totals as
            select window_start, window_start + interval 20 minutes as window_end,
                count(*) as tweets, count(distinct user_id) as users, count(*) filter (where len(tags) > 0) as tagged,
                sum(len(tags))::bigint as mentions, mean(sum(likes), count(likes)) as avg_likes,
                mean(sum(retweets), count(retweets)) as avg_retweets
            from tweet group by all""";

    private static final String TOP = """
            create temp table top_hashtags as
            select window_start, window_end,
                row_number() over (partition by window_start order by mentions desc, hashtag asc) as "rank",
                hashtag, tweets, mentions, avg_likes, avg_retweets
            from window_stats qualify "rank" <= 10""";

    private DuckBatch() {}

    public static void main(String[] words) throws Exception {
        var setting = Setting.read(Path.of(words[0]));
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute("set threads = " + Runtime.getRuntime().availableProcessors());
            statement.execute("set memory_limit = '%sb'".formatted(System.getProperty("duck.memory")));
            statement.execute(
                    "set temp_directory = '%s'".formatted(setting.folder().resolve("spill")));
            long begun = System.nanoTime();
            for (var sql :
                    new String[] {MEAN, READ.formatted(System.getProperty("duck.segments")), STATS, TOTALS, TOP}) {
                statement.execute(sql);
            }
            for (var view : ResultRows.VIEWS) {
                write(statement, view, setting.folder().resolve(view + ".txt"));
            }
            double seconds = (System.nanoTime() - begun) / 1e9;
            System.out.println(new Figures(Map.of("seconds", seconds, "cpu", Figures.cpuSeconds())).line());
        }
    }

    private static void write(Statement statement, String view, Path file) throws SQLException, IOException {
        var sql = "select epoch(window_start)::bigint, epoch(window_end)::bigint, %s from %s"
                .formatted(ResultRows.columns(view, "\""), view);
        try (var rows = statement.executeQuery(sql)) {
            Files.write(file, ResultRows.lines(rows));
        }
    }
}
