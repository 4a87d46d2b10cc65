package dev.tandem.testkit.oracle;

import dev.tandem.testkit.oracle.TweetOracle.Side;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a pipeline must say about its raw input, worked out in DuckDB. Stream and batch share most of their code, so that they agree
 * proves little; this shares nothing with either. One thread.
 *
 * <p>An oracle leaves in the database {@code judged} (part, pos, event_time, reason: one row for each record read), {@code counted}
 * (part, pos and what its views need) and {@code fate} (part, pos, fate).
 */
public abstract class Oracle<V extends View> implements AutoCloseable {
    /**
     * Averages, half up, of totals that are not negative; whole numbers all the way, since DuckDB divides decimals as doubles. The
     * time macros take UTC alone. A window refuses a record if its late mark has reached the window's end.
     */
    private static final String[] MACROS = {
        """
            create macro mean_6(total, n) as ((2 * (total::decimal(38, 6) * 1000000::decimal(38, 0))::hugeint + n) // (2 * n))
                ::decimal(31, 0) * 0.000001::decimal(7, 6)""",
        """
            create macro mean_10(total, n) as ((2 * (total::decimal(38, 10) * 10000000000::decimal(38, 0))::hugeint + n) // (2 * n))
                ::decimal(27, 0) * 0.0000000001::decimal(11, 10)""",
        """
            create macro instant(told) as case when regexp_full_match(told, '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?Z')
                then try_cast(rtrim(told, 'Z') as timestamp) end""",
        """
            create macro moment(told) as
                case when regexp_full_match(told, '\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?Z?')
                then try_cast(rtrim(told, 'Z') as timestamp) end""",
        "create macro start_of(span, moment) as time_bucket(span, moment, timestamp '1970-01-01')",
        "create macro takes(window_end, late_mark) as late_mark is null or window_end > late_mark"
    };

    private static final String BATCH_SIDE =
            "create view of_batch as select *, null::timestamp as late_mark from counted";

    private static final String STREAM_SIDE = """
            create view of_stream as select c.*, m.late_mark from counted c left join marked m using (part, pos)""";

    private final Database database;

    /** Takes over a database that has the three tables. */
    Oracle(Database database) {
        this.database = database;
        LateMarks.none(database);
        database.run(BATCH_SIDE, STREAM_SIDE);
    }

    /** A database with the macros that oracles write their SQL with. */
    static Database empty() {
        var database = Database.open();
        database.run(MACROS);
        return database;
    }

    final Rows ask(String sql) {
        return database.query(sql);
    }

    /** Works out, from the boundaries of the micro-batches alone, which late mark each record of the stream met. */
    public final void cutInto(List<MicroBatch> microBatches, Duration delay) {
        LateMarks.of(database, microBatches, delay);
    }

    /**
     * Where the counted records stand, as {@code partition-position}, that no window of this size took in the stream; windows start
     * {@code every} so often, which is {@code size} where they tumble.
     */
    public final List<String> late(Duration size, Duration every) {
        return ask("""
                select part || '-' || pos from of_stream
                where not takes(start_of(to_milliseconds(%d), event_time) + to_milliseconds(%d), late_mark) order by part, pos""".formatted(every.toMillis(), size.toMillis())).told();
    }

    /** How many records met which end; the sum is what was read. */
    public final Map<String, Long> fates() {
        var fates = new TreeMap<String, Long>();
        ask("select fate, count(*) from fate group by all")
                .cells()
                .forEach(row -> fates.put(String.valueOf(row.get(0)), Long.valueOf(String.valueOf(row.get(1)))));
        return fates;
    }

    /** The rows of a view; times are UTC, as {@code 2026-01-01 00:20:00.0}. */
    public final Rows expected(V view, Side side) {
        return ask(sql(view, side));
    }

    /** Each row that is too much or too little in {@code stored}, told with the side that has it; empty if they agree. */
    public final List<String> differences(V view, Side side, Rows stored) {
        return database.differences(sql(view, side), stored);
    }

    /** The SQL of a view for a side. */
    String sql(V view, Side side) {
        return view.over(side == Side.BATCH ? "of_batch" : "of_stream");
    }

    /** A published result, as it stands in a CSV file, but for its first column where that only names the source of the data. */
    final Rows published(Path file, String columns) {
        return ask("select %s from read_csv(%s, all_varchar = true, header = true, quote = '\"', delim = ',')"
                .formatted(columns, Database.text(file)));
    }

    @Override
    public final void close() {
        database.close();
    }
}
