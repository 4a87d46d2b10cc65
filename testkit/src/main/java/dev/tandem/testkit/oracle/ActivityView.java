package dev.tandem.testkit.oracle;

/** The tables of the user activity pipeline. */
public enum ActivityView implements View {
    PAGE_VIEW_COUNTS("""
            select window_start, window_start + interval 1 minute as window_end, page_url, count(*) as view_count
            from (select *, start_of(interval 1 minute, event_time) as window_start from $records where event_type = 'page_view')
            where takes(window_start + interval 1 minute, late_mark) group by all"""),
    ACTIVE_USERS("""
            select window_start, window_start + interval 5 minutes as window_end, count(distinct user_id) as active_user_count
            from (select *, start_of(interval 1 minute, event_time) - to_minutes(back) as window_start from $records, range(5) as far(back))
            where takes(window_start + interval 5 minutes, late_mark) group by all"""),
    USER_SESSIONS("""
            select user_id, session_start_time, session_end_time,
                trunc((epoch_us(session_end_time) - epoch_us(session_start_time))::decimal(38, 0) * 0.000001)::bigint as session_duration_seconds
            from (select user_id, min(event_time) filter (event_type = 'session_start') as session_start_time,
                max(event_time) filter (event_type = 'session_end') as session_end_time
                from (select *, sum(begins) over (partition by user_id order by event_time, part, pos) as session
                from (select *, case when event_time - lag(event_time) over (partition by user_id order by event_time, part, pos)
                        < (select gap from session_gap) then 0 else 1 end as begins
                    from $records where event_type in ('session_start', 'session_end')))
                group by user_id, session)
            where session_start_time is not null and session_end_time is not null""");

    private final String sql;

    ActivityView(String sql) {
        this.sql = sql;
    }

    @Override
    public String over(String records) {
        return sql.replace("$records", records);
    }
}
