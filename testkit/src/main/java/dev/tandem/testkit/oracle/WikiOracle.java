package dev.tandem.testkit.oracle;

import dev.tandem.testkit.oracle.TweetOracle.Side;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What a pipeline must say about a log of edits of Wikipedia (time, user, page). A pause of exactly 30 minutes starts a new session,
 * which ends 30 minutes after its last edit and lasts from its first to its last; ties of pages stand in the order of their bytes.
 */
public final class WikiOracle extends Oracle<WikiView> {
    private static final String JUDGED = """
            create table judged as select *, case when event_time is null or user_id is null or page is null then 'malformed' end as reason
            from (select part, pos, instant(message->>'$.time') as event_time, message->>'$.user' as user_id,
                message->>'$.page' as page from document)""";

    private WikiOracle(Database database) {
        super(database);
    }

    /** Of a log whose records are edits. */
    public static WikiOracle over(Iterable<LogRecord> log) {
        var database = empty();
        Log.into(database, log);
        database.run(
                JUDGED,
                "create table counted as select * from judged where reason is null",
                "create view fate as select part, pos, coalesce(reason, 'counted') as fate from judged");
        return new WikiOracle(database);
    }

    /** What was published for a view, from the folder of expected results; durations there carry the noise of doubles. */
    public Rows published(WikiView view, Path folder) {
        return view == WikiView.SESSIONS_30MIN
                ? published(
                        folder.resolve("sessions_30min.csv.gz"),
                        "* exclude (src) replace (round(duration_s::decimal(30, 12), 3) as duration_s)")
                : published(folder.resolve(view.name().toLowerCase(Locale.ROOT) + ".csv"), "* exclude (src)");
    }

    /** Refuses sessions of a stream: which were closed when an edit came, the marks alone do not say. */
    @Override
    String sql(WikiView view, Side side) {
        if (view == WikiView.SESSIONS_30MIN && side == Side.STREAM) {
            throw new IllegalArgumentException(
                    "Cannot tell the sessions of a stream: one may have closed before a record that is in time; ask for the batch");
        }
        return super.sql(view, side);
    }
}
