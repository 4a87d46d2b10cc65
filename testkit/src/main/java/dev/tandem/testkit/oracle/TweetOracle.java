package dev.tandem.testkit.oracle;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the tweets pipeline must say about a log, worked out in DuckDB from the raw bytes. Stream and batch share most of their code,
 * so that they agree proves little; this shares nothing with either. One thread.
 */
public final class TweetOracle implements AutoCloseable {
    /** Whose result: the batch counts every good record, the stream leaves out those that came late. */
    public enum Side {
        BATCH("counted"),
        STREAM("in_time");

        private final String table;

        Side(String table) {
            this.table = table;
        }
    }

    /** Averages are decimals of six places, half up; whole numbers all the way, since DuckDB divides decimals as doubles. */
    private static final String MEAN = """
            create macro mean(total, n) as case when n = 0 then null
                else ((2 * total::hugeint * 1000000 + n) // (2 * n))::decimal(24, 0) * 0.000001::decimal(7, 6) end""";

    private static final String TYPED = """
            create table typed as select *, json_type(message) = 'OBJECT'
                and coalesce(json_type(message, '$.tweet_id'), 'NULL') in ('VARCHAR', 'NULL')
                and coalesce(json_type(message, '$.likes'), 'NULL') in ('UBIGINT', 'BIGINT', 'NULL')
                and coalesce(json_type(message, '$.retweets'), 'NULL') in ('UBIGINT', 'BIGINT', 'NULL')
                and coalesce(json_type(message, '$.hashtags'), 'NULL') in ('ARRAY', 'NULL')
                and coalesce(json_type(message, '$.created_at'), 'NULL') in ('VARCHAR', 'NULL') as good
            from document""";

    private static final String TWEETS = """
            create table tweet as select part, pos, arrived, coalesce(good, false) as good,
                message->>'$.tweet_id' as tweet_id, message->>'$.user_id' as user_id,
                (message->>'$.likes')::bigint as likes, (message->>'$.retweets')::bigint as retweets,
                coalesce(try_strptime(message->>'$.created_at', '%Y-%m-%dT%H:%M:%S.%gZ'),
                    try_strptime(message->>'$.created_at', '%Y-%m-%dT%H:%M:%SZ')) as created,
                list_filter(list_transform((message->'$.hashtags')::varchar[], lambda t: lower(trim(t))), lambda t: t <> '') as tags
            from (select * replace (case when good then message end as message) from typed)""";

    private static final String JUDGED = """
            create table judged as select *, time_bucket(interval 20 minutes, created, timestamp '1970-01-01') as window_start,
                created as event_time,
                case when not good then 'malformed'
                    when coalesce(trim(tweet_id), '') = '' then 'missing_id'
                    when created is null then 'missing_time'
                    when coalesce(likes, 0) < 0 or coalesce(retweets, 0) < 0 then 'negative_likes'
                    when created > arrived + interval 1 minute then 'future_dated' end as reason
            from tweet""";

    private static final String COUNTED = """
            create table counted as select * from judged where reason is null
            qualify row_number() over (partition by tweet_id order by part, pos) = 1""";

    private static final String LATE = """
            create or replace table late as select c.part, c.pos from counted c join marked m using (part, pos)
            where c.window_start + interval 20 minutes <= m.late_mark""";

    private static final String IN_TIME =
            "create or replace table in_time as select * from counted anti join late using (part, pos)";

    private final Database database;

    private TweetOracle(Database database) {
        this.database = database;
    }

    /** The oracle of a log; until {@link #cutInto} the stream is expected to have refused nothing. */
    public static TweetOracle over(Iterable<LogRecord> log) {
        var database = Database.open();
        Log.into(database, log);
        database.run(MEAN, TYPED, TWEETS, JUDGED, COUNTED, "create table in_time as select * from counted");
        return new TweetOracle(database);
    }

    /** Works out, from the boundaries of the micro-batches alone, which records a stream with this watermark refused. */
    public void cutInto(List<MicroBatch> microBatches, Duration delay) {
        LateMarks.of(database, microBatches, delay);
        database.run(LATE, IN_TIME);
    }

    /** Where the records stand that the stream refused, as {@code partition-position}. */
    public List<String> late() {
        return database.query("select part || '-' || pos from late order by part, pos")
                .told();
    }

    /** How many records met which end: {@code counted}, {@code duplicate}, or the rule that refused them. */
    public Map<String, Long> fates() {
        var fates = new TreeMap<String, Long>();
        database.query(
                        "select reason, count(*) from judged where reason is not null group by all union all"
                                + " select 'counted', count(*) from counted union all"
                                + " select 'duplicate', (select count(*) from judged where reason is null) - (select count(*) from counted)")
                .cells()
                .forEach(row -> fates.put(String.valueOf(row.get(0)), Long.valueOf(String.valueOf(row.get(1)))));
        return fates;
    }

    /** The ids that must stand in the landing table: those of all good records. */
    public List<String> ids() {
        return database.query("select tweet_id from counted order by tweet_id").told();
    }

    public Rows expected(TweetView view, Side side) {
        return database.query(view.over(side.table));
    }

    /** Each row that is too much or too little in {@code stored}, told with the side that has it; empty if they agree. */
    public List<String> differences(TweetView view, Side side, Rows stored) {
        return database.differences(view.over(side.table), stored);
    }

    @Override
    public void close() {
        database.close();
    }
}
