package dev.tandem.testkit.oracle;

/** The tables of the orders pipeline, and the waterfall of what became of the rows. */
public enum OrdersView implements View {
    WATERFALL("""
            select fate, count(*) as n from fate group by all"""),
    WINDOWED_REVENUE("""
            select window_start, window_start + interval 10 minutes as window_end, product_id,
                count(*) as orders_count, sum(total_amount) as total_revenue
            from (select *, start_of(interval 10 minutes, event_time) as window_start from $records)
            where status is distinct from 'cancelled' and takes(window_start + interval 10 minutes, late_mark) group by all"""),
    DAILY_REVENUE("""
            select order_date, count(*) as total_orders, sum(total_amount) as total_revenue from $records where status is distinct from 'cancelled' group by all"""),
    HOURLY_REVENUE("""
            select hour_of_day, count(*) as total_orders, sum(total_amount) as total_revenue from $records
            where status is distinct from 'cancelled' group by all"""),
    PRODUCT_REVENUE("""
            select product_id, count(*) as total_orders, sum(total_amount) as total_revenue from $records
            where status is distinct from 'cancelled' group by all"""),
    TOP_PRODUCTS("""
            select row_number() over (order by total_revenue desc, product_id asc nulls first) as rank, *
            from (select product_id, count(*) as total_orders, sum(total_amount) as total_revenue from $records where status is distinct from 'cancelled' group by all)
            qualify rank <= 10"""),
    EVENTS("""
            select order_id, customer_id, product_id, order_timestamp, quantity, price, status,
                order_date, order_day_of_week, hour_of_day, total_amount
            from $records where status is distinct from 'cancelled'"""),
    CANCELLED("""
            select order_id, customer_id, product_id, order_timestamp, quantity, price, status,
                order_date, order_day_of_week, hour_of_day, total_amount
            from $records where status = 'cancelled'""");

    private final String sql;

    OrdersView(String sql) {
        this.sql = sql;
    }

    @Override
    public String over(String records) {
        return sql.replace("$records", records);
    }
}
