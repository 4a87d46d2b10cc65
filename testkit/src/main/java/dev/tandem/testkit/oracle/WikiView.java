package dev.tandem.testkit.oracle;

/** The published tables of a day of edits of Wikipedia. */
public enum WikiView implements View {
    TUMBLING_1MIN("""
            select window_start, count(*) as n_views, count(distinct user_id) as users, count(distinct page) as pages
            from (select *, start_of(interval 1 minute, event_time) as window_start from $records)
            where takes(window_start + interval 1 minute, late_mark) group by all"""),
    ACTIVE_USERS_5MIN_1MIN("""
            select window_start, window_start + interval 5 minutes as window_end, count(*) as events, count(distinct user_id) as active_users
            from (select *, start_of(interval 1 minute, event_time) - to_minutes(back) as window_start from $records, range(5) as far(back))
            where takes(window_start + interval 5 minutes, late_mark) group by all"""),
    SESSIONS_30MIN("""
            select user_id, min(event_time) as session_start, max(event_time) as last_event,
                max(event_time) + interval 30 minutes as session_end, count(*) as events,
                ((epoch_ms(max(event_time)) - epoch_ms(min(event_time)))::decimal(30, 0) * 0.001)::decimal(33, 3) as duration_s
            from (select *, sum(begins) over (partition by user_id order by event_time, part, pos) as session
                from (select *, case when event_time - lag(event_time) over (partition by user_id order by event_time, part, pos)
                        < interval 30 minutes then 0 else 1 end as begins
                    from $records))
            group by user_id, session"""),
    TOP10_PAGES_HOUR("""
            select window_start, page, n, row_number() over (partition by window_start order by n desc, page) as rank
            from (select start_of(interval 1 hour, event_time) as window_start, page, count(*) as n from $records
                where takes(start_of(interval 1 hour, event_time) + interval 1 hour, late_mark) group by all)
            qualify rank <= 10""");

    private final String sql;

    WikiView(String sql) {
        this.sql = sql;
    }

    @Override
    public String over(String records) {
        return sql.replace("$records", records);
    }
}
