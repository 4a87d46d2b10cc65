package dev.tandem.testkit.oracle;

import java.nio.file.Path;
import java.util.Locale;

/**
 * What a pipeline must say about trades in a CSV file of symbol, side, price, amount and timestamp. Price and amount have 8 decimals,
 * some written as {@code 3.844E-5}; so have volumes, while a notional has 16 and an average price 10, half up. The first and last
 * price of a window are those by time, then by row. There is no trade id, so nothing is a duplicate.
 */
public final class TradesOracle extends Oracle<TradesView> {
    private static final String JUDGED = """
            create table judged as select part, pos, symbol as product_id, side, price::decimal(18, 8) as price,
                amount::decimal(18, 8) as amount, moment("timestamp") as event_time,
                case when moment("timestamp") is null then 'event_time_missing' end as reason from raw""";

    private TradesOracle(Database database) {
        super(database);
    }

    /** Of a CSV file or a folder of them, each with a header. */
    public static TradesOracle overCsv(Path place) {
        var database = empty();
        CsvFiles.into(database, place, "symbol", "side", "price", "amount", "timestamp");
        database.run(
                JUDGED,
                "create table counted as select * from judged where reason is null",
                "create view fate as select part, pos, coalesce(reason, 'counted') as fate from judged");
        return new TradesOracle(database);
    }

    /** What was published for a view, from the folder of expected results. */
    public Rows published(TradesView view, Path folder) {
        return published(folder.resolve(view.name().toLowerCase(Locale.ROOT) + ".csv"), "* exclude (src)");
    }
}
