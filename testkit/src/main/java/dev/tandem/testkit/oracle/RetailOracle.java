package dev.tandem.testkit.oracle;

import java.nio.file.Path;
import java.util.Locale;

/**
 * What a pipeline must say about UCI Online Retail, a year of invoice lines in one CSV file a day. The first of these that holds for a
 * line tells its fate:
 *
 * <ol>
 *   <li>{@code bad_invoice}: InvoiceNo is not six digits, with or without one {@code C} before them (three {@code A…} adjustments of
 *       bad debt);
 *   <li>{@code cancelled}: InvoiceNo starts with {@code C};
 *   <li>{@code non_positive_quantity}, {@code non_positive_price};
 *   <li>{@code missing_customer}: CustomerID is empty;
 *   <li>{@code duplicate}: an earlier line that reached this point is the same in <em>all eight</em> columns, Description to the
 *       letter. Fewer columns keep fewer lines: two products were written with two descriptions on one invoice at one time.
 * </ol>
 *
 * <p>Prices have up to three decimals (four lines cost 0.001), so revenue needs them too. An invoice may span two minutes.
 */
public final class RetailOracle extends Oracle<RetailView> {
    private static final String JUDGED = """
            create table judged as select * replace (Quantity::integer as Quantity, UnitPrice::decimal(12, 3) as UnitPrice),
                InvoiceDate::timestamp as event_time, Quantity::integer * UnitPrice::decimal(18, 3) as amount,
                case when not regexp_full_match(InvoiceNo, 'C?[0-9]{6}') then 'bad_invoice'
                    when InvoiceNo like 'C%' then 'cancelled'
                    when Quantity::integer <= 0 then 'non_positive_quantity'
                    when UnitPrice::decimal(12, 3) <= 0 then 'non_positive_price'
                    when CustomerID is null then 'missing_customer' end as reason
            from raw""";

    private static final String COUNTED = """
            create table counted as select * from judged where reason is null qualify row_number() over (partition by InvoiceNo,
                StockCode, Description, Quantity, InvoiceDate, UnitPrice, CustomerID, Country order by part, pos) = 1""";

    private static final String FATE = """
            create view fate as select j.part, j.pos, case when j.reason is not null then j.reason when c.part is null then 'duplicate'
                else 'kept' end as fate
            from judged j left join counted c using (part, pos)""";

    private RetailOracle(Database database) {
        super(database);
    }

    /** Of the folder of daily files. */
    public static RetailOracle overCsv(Path place) {
        var database = empty();
        CsvFiles.into(
                database,
                place,
                "InvoiceNo",
                "StockCode",
                "Description",
                "Quantity",
                "InvoiceDate",
                "UnitPrice",
                "CustomerID",
                "Country");
        database.run(JUDGED, COUNTED, FATE);
        return new RetailOracle(database);
    }

    /** What was published for a view, from the folder of expected results. */
    public Rows published(RetailView view, Path folder) {
        var name = view == RetailView.TEN_MINUTES ? "10min" : view.name().toLowerCase(Locale.ROOT);
        return published(folder.resolve("retail_" + name + ".csv"), "*");
    }
}
