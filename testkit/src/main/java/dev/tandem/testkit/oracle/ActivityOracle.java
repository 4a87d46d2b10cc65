package dev.tandem.testkit.oracle;

import dev.tandem.testkit.oracle.TweetOracle.Side;
import java.time.Duration;
import java.util.List;

/**
 * What the user activity pipeline must say about a log of clicks. Times are ISO with {@code Z}; active users are counted exactly; a
 * pause of exactly the gap starts a new session; a session is kept if it has a start and an end, and lasts from its first start to its
 * last end, in whole seconds towards zero. There is no dedup: an event sent twice is two events.
 */
public final class ActivityOracle extends Oracle<ActivityView> {
    private static final String EVENTS = """
            create table event as select part, pos, arrived, message->>'$.user_id' as user_id, message->>'$.page_url' as page_url,
                message->>'$.event_type' as event_type, instant(message->>'$.event_time') as event_time,
                texts(message, ['$.event_time', '$.user_id', '$.page_url', '$.event_type']) as fits from document""";

    private static final String JUDGED = """
            create table judged as select *, case
                when not coalesce(fits, false) or user_id is null or event_type is null or event_time is null then 'malformed'
                when trim(user_id) = '' then 'missing_user'
                when event_type not in ('page_view', 'click', 'session_start', 'session_end') then 'known_type'
                when event_time > arrived + interval 1 minute then 'future_dated' end as reason from event""";

    private ActivityOracle(Database database) {
        super(database);
    }

    /** Of a log, with sessions that end after 30 minutes. */
    public static ActivityOracle over(Iterable<LogRecord> log) {
        return over(log, Duration.ofMinutes(30));
    }

    public static ActivityOracle over(Iterable<LogRecord> log, Duration gap) {
        var database = empty();
        Log.into(database, log);
        database.run(
                EVENTS,
                JUDGED,
                "create table counted as select * from judged where reason is null",
                "create view fate as select part, pos, coalesce(reason, 'counted') as fate from judged",
                "create table session_gap as select to_milliseconds(%d) as gap".formatted(gap.toMillis()));
        return new ActivityOracle(database);
    }

    /** Refuses sessions of a stream that was cut: which of its sessions were closed when a record came, the marks alone do not say. */
    @Override
    String sql(ActivityView view, Side side) {
        if (view == ActivityView.USER_SESSIONS && side == Side.STREAM && !marks().isEmpty()) {
            throw new IllegalArgumentException(
                    "Cannot tell the sessions of a stream that was cut into micro-batches: a session may have closed before a record that"
                            + " is in time; ask before cutInto, for a stream without late records");
        }
        return super.sql(view, side);
    }

    private List<String> marks() {
        return ask("select part from marked where late_mark is not null limit 1")
                .told();
    }
}
