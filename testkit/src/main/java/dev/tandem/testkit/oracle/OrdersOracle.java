package dev.tandem.testkit.oracle;

import java.nio.file.Path;

/**
 * What the orders pipeline must say about a drop of CSV files, or about a log of JSON. A row that fits the schema meets, in this
 * order: {@code missing_order_id}; {@code invalid_values}, which is everything but quantity above 0 and price of at least 0, a missing
 * one included; {@code event_time_missing}; {@code duplicate}, all copies of an order but the first of the source; {@code cancelled},
 * by the status trimmed, in lower case and mapped; else it is {@code valid}. Nothing disappears.
 */
public final class OrdersOracle extends Oracle<OrdersView> {
    private static final String FROM_LOG = """
            create table raw as select part, pos, message is null or json_type(message) <> 'OBJECT'
                    or not texts(message, ['$.order_id', '$.customer_id', '$.product_id', '$.order_timestamp', '$.status'])
                    as broken,
                message->>'$.order_id' as order_id, message->>'$.customer_id' as customer_id,
                message->>'$.product_id' as product_id, message->>'$.order_timestamp' as order_timestamp,
                message->>'$.quantity' as quantity, message->>'$.price' as price, message->>'$.status' as status from document""";

    private static final String TYPED = """
            create table typed as select part, pos, order_id, customer_id, product_id,
                moment(order_timestamp) as order_timestamp, try_cast(quantity as integer) as quantity,
                try_cast(price as decimal(12, 2)) as price, lower(trim(status)) as status,
                broken or (order_timestamp is not null and moment(order_timestamp) is null)
                    or (quantity is not null and (try_cast(quantity as integer) is null
                        or not regexp_full_match(quantity, '[+-]?\\d+')))
                    or (price is not null and (try_cast(price as decimal(12, 2)) is null
                        or try_cast(price as decimal(38, 18)) <> try_cast(price as decimal(12, 2)))) as malformed
            from raw""";

    private static final String JUDGED = """
            create table judged as select * replace (case when status in ('complete', 'done') then 'completed'
                    when status = 'canceled' then 'cancelled' else status end as status),
                order_timestamp as event_time, order_timestamp::date as order_date,
                dayofweek(order_timestamp) + 1 as order_day_of_week, hour(order_timestamp) as hour_of_day,
                (quantity * price::decimal(24, 2))::decimal(38, 2) as total_amount,
                case when malformed then 'malformed'
                    when coalesce(trim(order_id), '') = '' then 'missing_order_id'
                    when not coalesce(quantity > 0 and price >= 0, false) then 'invalid_values'
                    when order_timestamp is null then 'event_time_missing' end as reason
            from typed""";

    private static final String COUNTED = """
            create table counted as select * from judged where reason is null
            qualify row_number() over (partition by order_id order by part, pos) = 1""";

    private static final String FATE = """
            create view fate as select j.part, j.pos, case when j.reason is not null then j.reason when c.part is null then 'duplicate'
                when c.status = 'cancelled' then 'cancelled' else 'valid' end as fate
            from judged j left join counted c using (part, pos)""";

    private OrdersOracle(Database database) {
        super(database);
    }

    /** Of a CSV file or a folder of them, each with a header. */
    public static OrdersOracle overCsv(Path place) {
        var database = empty();
        CsvFiles.into(
                database,
                place,
                "order_id",
                "customer_id",
                "product_id",
                "order_timestamp",
                "quantity",
                "price",
                "status");
        database.run("alter table raw add column broken boolean default false");
        return over(database);
    }

    /** Of JSON objects; a bare {@code NaN}, which is no JSON, makes a record malformed. */
    public static OrdersOracle over(Iterable<LogRecord> log) {
        var database = empty();
        Log.into(database, log);
        database.run(FROM_LOG);
        return over(database);
    }

    private static OrdersOracle over(Database database) {
        database.run(TYPED, JUDGED, COUNTED, FATE);
        return new OrdersOracle(database);
    }
}
