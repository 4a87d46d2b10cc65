package dev.tandem.testkit.oracle;

/** The published tables of a year of a real shop. */
public enum RetailView implements View {
    CLEANING("""
            select fate as verdict, count(*) as n from fate where fate not in ('kept', 'duplicate') group by all
            union all select 'rows_in', count(*) from fate
            union all select 'valid', count(*) from fate where fate in ('kept', 'duplicate')
            union all select 'duplicates_removed_from_valid', count(*) from fate where fate = 'duplicate'
            union all select 'kept', count(*) from $records"""),
    TEN_MINUTES("""
            select window_start, count(*) as lines, count(distinct InvoiceNo) as orders, sum(amount) as revenue
            from (select *, start_of(interval 10 minutes, event_time) as window_start from $records)
            where takes(window_start + interval 10 minutes, late_mark) group by all"""),
    DAILY("""
            select event_time::date as order_date, count(*) as lines, count(distinct InvoiceNo) as orders,
                sum(Quantity)::bigint as units, sum(amount) as revenue
            from $records group by all"""),
    HOURLY("""
            select hour(event_time) as hour_of_day, count(*) as lines, sum(amount) as revenue from $records group by all"""),
    PRODUCT_TOTALS("""
            select StockCode, count(*) as lines, sum(Quantity)::bigint as units, sum(amount) as revenue
            from $records group by all"""),
    TOP10("""
            select row_number() over (order by sum(amount) desc, StockCode) as rank, StockCode, sum(amount) as revenue
            from $records group by StockCode qualify rank <= 10""");

    private final String sql;

    RetailView(String sql) {
        this.sql = sql;
    }

    @Override
    public String over(String records) {
        return sql.replace("$records", records);
    }
}
