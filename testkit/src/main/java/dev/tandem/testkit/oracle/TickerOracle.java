package dev.tandem.testkit.oracle;

/**
 * What the bitcoin pipeline must say about a log of ticker messages, whose numbers are JSON strings or numbers. A message of another
 * type or product is {@code other_message}; one that lacks a field is {@code missing_field}; one whose trade was told before, by
 * trade_id in the order of the source, is {@code duplicate}. Prices have 2 decimals, sizes 8, averages and the ratio 6, half up.
 */
public final class TickerOracle extends Oracle<TickerView> {
    private static final String TEXTS = """
            create table tick as select part, pos, arrived, json_type(message) = 'OBJECT' as object,
                message->>'$.type' as type, message->>'$.product_id' as product, message->>'$.side' as side,
                message->>'$.trade_id' as trade_id_told, message->>'$.price' as price_told, message->>'$.last_size' as size_told,
                message->>'$.best_bid' as bid_told, message->>'$.best_ask' as ask_told, message->>'$.time' as time_told from document""";

    private static final String TYPED = """
            create table typed as select *, try_cast(trade_id_told as bigint) as trade_id, instant(time_told) as event_time,
                try_cast(price_told as decimal(18, 2)) as price, try_cast(size_told as decimal(18, 8)) as last_size,
                side in ('buy', 'sell') and regexp_full_match(trade_id_told, '-?\\d+') and try_cast(trade_id_told as bigint) is not null
                    and instant(time_told) is not null
                    and coalesce(try_cast(price_told as decimal(38, 18)) = try_cast(price_told as decimal(18, 2)), false)
                    and coalesce(try_cast(bid_told as decimal(38, 18)) = try_cast(bid_told as decimal(18, 2)), false)
                    and coalesce(try_cast(ask_told as decimal(38, 18)) = try_cast(ask_told as decimal(18, 2)), false)
                    and coalesce(try_cast(size_told as decimal(38, 18)) = try_cast(size_told as decimal(18, 8)), false) as fits
            from tick""";

    private static final String JUDGED = """
            create table judged as select *, case when not coalesce(object, false) then 'malformed'
                when coalesce(type, 'ticker') <> 'ticker' or coalesce(product, 'BTC-USD') <> 'BTC-USD' then 'other_message'
                when price_told is null or bid_told is null or ask_told is null or side is null or time_told is null
                    or trade_id_told is null or size_told is null then 'missing_field'
                when not fits then 'malformed'
                when event_time > arrived + interval 5 minutes then 'future_dated' end as reason from typed""";

    private static final String COUNTED = """
            create table counted as select * from judged where reason is null
            qualify row_number() over (partition by trade_id order by part, pos) = 1""";

    private static final String FATE = """
            create view fate as select j.part, j.pos, case when j.reason is not null then j.reason when c.part is null then 'duplicate'
                else 'counted' end as fate
            from judged j left join counted c using (part, pos)""";

    private TickerOracle(Database database) {
        super(database);
    }

    /** Of a log whose records are ticker messages. */
    public static TickerOracle over(Iterable<LogRecord> log) {
        var database = empty();
        Log.into(database, log);
        database.run(TEXTS, TYPED, JUDGED, COUNTED, FATE);
        return new TickerOracle(database);
    }
}
