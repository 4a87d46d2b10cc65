package dev.tandem.testkit.oracle;

/** The tables of the bitcoin pipeline: by the minute, and over everything. */
public enum TickerView implements View {
    MINUTE_METRICS("""
            select *, max_price - min_price as price_range, case when max_price - min_price > 50 then 'High' else 'Normal' end as volatility_flag,
                mean_6(buy_count * 100000, sell_count * 100000 + 1) as buy_sell_ratio,
                case when 5 * buy_count > 6 * sell_count then 'Bullish' when 5 * sell_count > 6 * buy_count then 'Bearish' else 'Neutral' end
                    as market_sentiment, case when total_volume > 100 then 'Spike' else 'Normal' end as volume_spike
            from (select window_start, window_start + interval 1 minute as window_end,
                mean_6(sum(price), count(price)) as avg_price, max(price) as max_price,
                min(price) as min_price, sum(last_size) as total_volume, count(*) as trade_count,
                count(*) filter (side = 'buy') as buy_count, count(*) filter (side = 'sell') as sell_count
                from (select *, start_of(interval 1 minute, event_time) as window_start from $records)
                where takes(window_start + interval 1 minute, late_mark) group by window_start)"""),
    OVERALL("""
            select *, max_price - min_price as price_range, case when max_price - min_price > 50 then 'High' else 'Normal' end as volatility_flag,
                mean_6(buy_count * 100000, sell_count * 100000 + 1) as buy_sell_ratio,
                case when 5 * buy_count > 6 * sell_count then 'Bullish' when 5 * sell_count > 6 * buy_count then 'Bearish' else 'Neutral' end
                    as market_sentiment, case when total_volume > 100 then 'Spike' else 'Normal' end as volume_spike
            from (select mean_6(sum(price), count(price)) as avg_price, max(price) as max_price,
                min(price) as min_price, sum(last_size) as total_volume, count(*) as trade_count,
                count(*) filter (side = 'buy') as buy_count, count(*) filter (side = 'sell') as sell_count
                from $records having count(*) > 0)""");

    private final String sql;

    TickerView(String sql) {
        this.sql = sql;
    }

    @Override
    public String over(String records) {
        return sql.replace("$records", records);
    }
}
