package dev.tandem.testkit.oracle;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

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

    private static final String LOG =
            "create table log (part integer, pos bigint, arrived_ms bigint, raw blob, primary key (part, pos))";

    private static final String DOCUMENTS = """
            create table document as select part, pos, make_timestamp(arrived_ms * 1000) as arrived,
                case when json_valid(message) then message::json end as message
            from (select *, try(decode(raw)) as message from log)""";

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
                try_strptime(message->>'$.created_at', '%Y-%m-%dT%H:%M:%S.%gZ') as created,
                list_filter(list_transform((message->'$.hashtags')::varchar[], lambda t: lower(trim(t))), lambda t: t <> '') as tags
            from (select * replace (case when good then message end as message) from typed)""";

    private static final String JUDGED = """
            create table judged as select *, time_bucket(interval 20 minutes, created, timestamp '1970-01-01') as window_start,
                case when not good then 'malformed'
                    when coalesce(trim(tweet_id), '') = '' then 'missing_id'
                    when created is null then 'missing_time'
                    when coalesce(likes, 0) < 0 or coalesce(retweets, 0) < 0 then 'negative_likes'
                    when created > arrived + interval 1 minute then 'future_dated' end as reason
            from tweet""";

    private static final String COUNTED = """
            create table counted as select * from judged where reason is null
            qualify row_number() over (partition by tweet_id order by part, pos) = 1""";

    /** Late is what comes in a micro-batch whose late mark, the close mark of the one before, has reached the window's end. */
    private static final String LATE = """
            create or replace table late as
            with reached as (select number, max(created) as highest from micro_batch m left join judged j
                    on j.part = m.part and j.pos >= m.first and j.pos < m.until and j.reason is null group by number),
                closing as (select number, max(highest) over (order by number rows between unbounded preceding and 1 preceding)
                    - to_milliseconds(?::bigint) as mark from reached),
                refusing as (select number, lag(mark) over (order by number) as mark from closing)
            select c.part, c.pos from counted c join micro_batch m on c.part = m.part and c.pos >= m.first and c.pos < m.until
                join refusing r on r.number = m.number where c.window_start + interval 20 minutes <= r.mark""";

    private static final String IN_TIME =
            "create or replace table in_time as select * from counted anti join late using (part, pos)";

    private final DuckDBConnection connection;

    private TweetOracle(DuckDBConnection connection) {
        this.connection = connection;
    }

    /** The oracle of a log; until {@link #cutInto} the stream is expected to have refused nothing. */
    public static TweetOracle over(Iterable<LogRecord> log) {
        try {
            var oracle =
                    new TweetOracle(DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class));
            oracle.execute(LOG);
            oracle.fill(log);
            for (var step : List.of(MEAN, DOCUMENTS, TYPED, TWEETS, JUDGED, COUNTED)) {
                oracle.execute(step);
            }
            oracle.execute("create table in_time as select * from counted");
            return oracle;
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot make an oracle", e);
        }
    }

    private void fill(Iterable<LogRecord> log) throws SQLException {
        try (var appender = appender("log")) {
            for (var record : log) {
                appender.beginRow();
                appender.append(record.partition());
                appender.append(record.position());
                appender.append(record.arrivedMillis());
                appender.append(record.value());
                appender.endRow();
            }
        }
    }

    /** Works out, from the boundaries of the micro-batches alone, which records a stream with this watermark refused. */
    public void cutInto(List<MicroBatch> microBatches, Duration delay) {
        try {
            execute("create or replace table micro_batch (number bigint, part integer, first bigint, until bigint)");
            try (var appender = appender("micro_batch")) {
                for (var each : microBatches) {
                    appender.beginRow();
                    appender.append(each.number());
                    appender.append(each.partition());
                    appender.append(each.from());
                    appender.append(each.until());
                    appender.endRow();
                }
            }
            execute(LATE.replace("?", Long.toString(delay.toMillis())));
            execute(IN_TIME);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot work out what was late", e);
        }
    }

    /** Where the records stand that the stream refused, as {@code partition-position}. */
    public List<String> late() {
        return query("select part || '-' || pos from late order by part, pos").told();
    }

    /** How many records met which end: {@code counted}, {@code duplicate}, or the rule that refused them. */
    public Map<String, Long> fates() {
        var fates = new TreeMap<String, Long>();
        query(
                        "select reason, count(*) from judged where reason is not null group by all union all"
                                + " select 'counted', count(*) from counted union all"
                                + " select 'duplicate', (select count(*) from judged where reason is null) - (select count(*) from counted)")
                .cells()
                .forEach(row -> fates.put(String.valueOf(row.get(0)), Long.valueOf(String.valueOf(row.get(1)))));
        return fates;
    }

    /** The ids that must stand in the landing table: those of all good records. */
    public List<String> ids() {
        return query("select tweet_id from counted order by tweet_id").told();
    }

    public Rows expected(TweetView view, Side side) {
        return query(view.over(side.table));
    }

    /**
     * Each row that stands too often or not often enough in {@code stored}, with the side that has it; empty if both are the same
     * rows as often. Never by distinct rows: a row written twice is a defect too.
     */
    public List<String> differences(TweetView view, Side side, Rows stored) {
        try {
            execute("create or replace table expected as " + view.over(side.table));
            execute("create or replace table told as select columns(*)::varchar from expected limit 0");
            try (var appender = appender("told")) {
                for (var row :
                        inOrder(stored, query("select * from expected limit 0").columns())) {
                    append(row, appender);
                }
            }
            execute("create or replace table stored as select * from expected limit 0");
            execute("insert into stored select * from told");
            return query("select 'expected', * from (from expected except all from stored)"
                            + " union all select 'stored', * from (from stored except all from expected) order by all")
                    .told();
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot compare with what is stored", e);
        }
    }

    private static List<List<@Nullable String>> inOrder(Rows stored, List<String> columns) {
        return stored.cells().stream()
                .map(row -> picked(
                        row,
                        columns.stream()
                                .mapToInt(column -> stored.columns().indexOf(column))
                                .toArray()))
                .toList();
    }

    private static List<@Nullable String> picked(List<@Nullable String> row, int[] places) {
        var picked = new ArrayList<@Nullable String>();
        for (int place : places) {
            picked.add(row.get(place));
        }
        return picked;
    }

    private static void append(List<@Nullable String> row, DuckDBAppender appender) throws SQLException {
        appender.beginRow();
        for (var cell : row) {
            if (cell == null) {
                appender.appendNull();
            } else {
                appender.append(cell);
            }
        }
        appender.endRow();
    }

    private DuckDBAppender appender(String table) throws SQLException {
        return connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, table);
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Rows query(String sql) {
        try (var statement = connection.createStatement();
                var results = statement.executeQuery(sql)) {
            return Rows.read(results);
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot ask the oracle", e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot close the oracle", e);
        }
    }
}
