package dev.tandem.testkit.oracle;

/** The tables of the shop events pipeline, and what its rules refused. */
public enum ShopView implements View {
    VALID_EVENTS("""
            select event_id, session_id, user_id, event_type, product_id, product_name, brand, category, price, quantity,
                total_price, event_date, "timestamp"
            from judged where reason is null"""),
    RAW_EVENTS("""
            select event_id, session_id, user_id, event_type, product_id, product_name, brand, category, price, quantity,
                total_price, event_date, "timestamp"
            from $records"""),
    SALES_BY_CATEGORY("""
            select window_start, window_start + interval 1 day as window_end, category, sum(quantity)::bigint as units, sum(total_price) as revenue
            from (select *, start_of(interval 1 day, event_time) as window_start from $records where event_type = 'buy')
            where takes(window_start + interval 1 day, late_mark) group by all"""),
    FUNNEL("""
            select *, round(clicks::decimal(18, 8) / nullif(views, 0), 4) as click_rate, round(buys::decimal(18, 8) / nullif(clicks, 0), 4) as buy_rate
            from (select window_start, window_start + interval 1 day as window_end,
                    count(*) filter (event_type = 'view') as views, count(*) filter (event_type = 'click') as clicks,
                    count(*) filter (event_type = 'buy') as buys
                from (select *, start_of(interval 1 day, event_time) as window_start from $records)
                where takes(window_start + interval 1 day, late_mark) group by all)"""),
    QUARANTINE("""
            select reason, count(*) as n from judged where reason is not null group by all""");

    private final String sql;

    ShopView(String sql) {
        this.sql = sql;
    }

    @Override
    public String over(String records) {
        return sql.replace("$records", records);
    }
}
