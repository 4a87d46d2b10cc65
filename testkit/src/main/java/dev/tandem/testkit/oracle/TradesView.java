package dev.tandem.testkit.oracle;

/** The published tables of an hour of real trades: by the minute, and over everything. */
public enum TradesView implements View {
    ONE_MINUTE("""
            select product_id, window_start, window_start + interval 1 minute as window_end,
                count(*) as trades, mean_10(sum(price), count(*)) as avg_price, min(price) as low, max(price) as high,
                first(price order by event_time, part, pos) as open_price, last(price order by event_time, part, pos) as close_price,
                sum(amount) as volume, sum(price::decimal(38, 8) * amount::decimal(38, 8)) as notional,
                count(*) filter (side = 'buy') as buys, count(*) filter (side = 'sell') as sells,
                coalesce(sum(amount) filter (side = 'buy'), 0) as buy_volume, coalesce(sum(amount) filter (side = 'sell'), 0) as sell_volume
            from (select *, start_of(interval 1 minute, event_time) as window_start from $records)
            where takes(window_start + interval 1 minute, late_mark) group by product_id, window_start"""),
    GLOBAL("""
            select product_id,
                count(*) as trades, mean_10(sum(price), count(*)) as avg_price, min(price) as low, max(price) as high,
                sum(amount) as volume, sum(price::decimal(38, 8) * amount::decimal(38, 8)) as notional,
                count(*) filter (side = 'buy') as buys, count(*) filter (side = 'sell') as sells,
                coalesce(sum(amount) filter (side = 'buy'), 0) as buy_volume, coalesce(sum(amount) filter (side = 'sell'), 0) as sell_volume
            from $records group by product_id""");

    private final String sql;

    TradesView(String sql) {
        this.sql = sql;
    }

    @Override
    public String over(String records) {
        return sql.replace("$records", records);
    }
}
