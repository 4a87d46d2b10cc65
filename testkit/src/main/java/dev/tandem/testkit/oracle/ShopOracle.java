package dev.tandem.testkit.oracle;

import java.nio.file.Path;

/**
 * What the shop events pipeline must say about a drop of CSV files. The rules, of which the first that fails names the quarantine:
 * {@code has_id}, {@code known_type} (view, click or buy after trim and lower case), {@code complete} (no field empty), {@code invalid_values} (a quantity
 * above 0 and a price of at least 0). Of the copies
 * of an event the <em>last</em> of the source stays, as an upsert leaves it, and it alone is counted, whatever its type or day.
 * Prices are rounded half up to 2 decimals first, then multiplied.
 */
public final class ShopOracle extends Oracle<ShopView> {
    private static final String TYPED = """
            create table typed as select * replace (lower(trim(event_type)) as event_type, moment("timestamp") as "timestamp",
                    round(try_cast(price as decimal(24, 10)), 2)::decimal(12, 2) as price, try_cast(quantity as integer) as quantity),
                (price is not null and try_cast(price as decimal(24, 10)) is null)
                    or (quantity is not null and (try_cast(quantity as integer) is null
                        or not regexp_full_match(quantity, '[+-]?\\d+')))
                    or ("timestamp" is not null and moment("timestamp") is null) as malformed
            from raw""";

    private static final String JUDGED = """
            create table judged as select *, (price::decimal(24, 2) * quantity)::decimal(38, 2) as total_price,
                "timestamp"::date as event_date, "timestamp" as event_time,
                case when malformed then 'malformed' when coalesce(event_id, '') = '' then 'has_id'
                    when not coalesce(event_type in ('view', 'click', 'buy'), false) then 'known_type'
                    when session_id is null or user_id is null or product_id is null or product_name is null or brand is null
                        or category is null or price is null or quantity is null or "timestamp" is null then 'complete'
                    when quantity <= 0 or price < 0 then 'invalid_values' end as reason
            from typed""";

    private static final String COUNTED = """
            create table counted as select * from judged where reason is null
            qualify row_number() over (partition by event_id order by part desc, pos desc) = 1""";

    private static final String FATE = """
            create view fate as select j.part, j.pos, case when j.reason is not null then j.reason when c.part is null then 'duplicate'
                else 'counted' end as fate
            from judged j left join counted c using (part, pos)""";

    private ShopOracle(Database database) {
        super(database);
    }

    /** Of a CSV file or a folder of them, each with a header. */
    public static ShopOracle overCsv(Path place) {
        var database = empty();
        CsvFiles.into(
                database,
                place,
                "event_id",
                "session_id",
                "user_id",
                "event_type",
                "product_id",
                "product_name",
                "brand",
                "category",
                "price",
                "quantity",
                "timestamp");
        database.run(TYPED, JUDGED, COUNTED, FATE);
        return new ShopOracle(database);
    }
}
