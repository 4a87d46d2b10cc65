package dev.tandem.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.window;

import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.function.VoidFunction2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.types.StructType;

/**
 * The tweets pipeline as it is usually written by hand in Spark Structured Streaming: a query for each output, each of which reads
 * the topic, parses it and removes duplicates for itself, with all settings left as they come. It does less than Tandem does:
 * the distinct users are approximate, there is no ranking, no record is accounted for, nothing is exactly once.
 */
final class StockJob {
    private static final String TAGS = "filter(transform(hashtags, tag -> lower(trim(tag))), tag -> tag <> '')";
    private static final String WELL_FORMED =
            "tweet_id IS NOT NULL AND trim(tweet_id) <> '' AND created_at IS NOT NULL AND coalesce(likes, 0) >= 0 AND coalesce(retweets, 0) >= 0";

    private final SparkSession spark;
    private final Setting setting;
    private final StockTables tables;

    StockJob(SparkSession spark, Setting setting) {
        this.spark = spark;
        this.setting = setting;
        this.tables = new StockTables(
                setting.jdbcUrl(),
                setting.database().login().user(),
                setting.database().login().password());
    }

    /** Starts the four queries. */
    List<StreamingQuery> start() throws TimeoutException {
        return List.of(
                query("raw", intoDatabase(tweets().select("tweet_id", "user_id", "created_at", "raw"), this::append)),
                query("window_stats", intoDatabase(stats(), (rows, number) -> tables.merge(StockTables.STATS, rows))),
                query(
                        "window_totals",
                        intoDatabase(totals(), (rows, number) -> tables.merge(StockTables.TOTALS, rows))),
                query("results", intoTopic(stats())));
    }

    private StreamingQuery query(String name, DataStreamWriter<Row> writer) throws TimeoutException {
        var folder = setting.folder().resolve("checkpoint").resolve(name);
        return writer.queryName(name)
                .option("checkpointLocation", folder.toString())
                .start();
    }

    private Dataset<Row> tweets() {
        var schema = StructType.fromDDL(
                "tweet_id STRING, user_id STRING, text STRING, hashtags ARRAY<STRING>, likes INT, retweets INT, created_at TIMESTAMP");
        return spark.readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", setting.bootstrap())
                .option("subscribe", setting.topic())
                .option("startingOffsets", "earliest")
                .load()
                .select(
                        col("value").cast("string").as("raw"),
                        from_json(col("value").cast("string"), schema).as("tweet"))
                .select("raw", "tweet.*")
                .withColumn("hashtags", expr(TAGS))
                .where(WELL_FORMED)
                .withWatermark("created_at", "2 minutes")
                .dropDuplicatesWithinWatermark(new String[] {"tweet_id"});
    }

    private Dataset<Row> stats() {
        return tweets().withColumn("hashtag", expr("explode(array_distinct(hashtags))"))
                .groupBy(window(col("created_at"), "20 minutes"), col("hashtag"))
                .agg(
                        expr("count(*)").as("tweets"),
                        expr("sum(size(filter(hashtags, tag -> tag = hashtag)))")
                                .as("mentions"),
                        expr("avg(likes)").as("avg_likes"),
                        expr("avg(retweets)").as("avg_retweets"))
                .select(
                        col("window.start").as("window_start"),
                        col("window.end").as("window_end"),
                        col("hashtag"),
                        col("tweets"),
                        col("mentions"),
                        col("avg_likes"),
                        col("avg_retweets"));
    }

    private Dataset<Row> totals() {
        return tweets().groupBy(window(col("created_at"), "20 minutes"))
                .agg(
                        expr("count(*)").as("tweets"),
                        expr("approx_count_distinct(user_id)").as("users"),
                        expr("count(*) FILTER (WHERE size(hashtags) > 0)").as("tagged"),
                        expr("sum(size(hashtags))").as("mentions"),
                        expr("avg(likes)").as("avg_likes"),
                        expr("avg(retweets)").as("avg_retweets"))
                .select(
                        col("window.start").as("window_start"),
                        col("window.end").as("window_end"),
                        col("tweets"),
                        col("users"),
                        col("tagged"),
                        col("mentions"),
                        col("avg_likes"),
                        col("avg_retweets"));
    }

    private static DataStreamWriter<Row> intoDatabase(Dataset<Row> rows, VoidFunction2<Dataset<Row>, Long> write) {
        return rows.writeStream().outputMode("update").foreachBatch(write);
    }

    private DataStreamWriter<Row> intoTopic(Dataset<Row> rows) {
        return rows.select(col("hashtag").as("key"), to_json(struct(col("*"))).as("value"))
                .writeStream()
                .outputMode("update")
                .format("kafka")
                .option("kafka.bootstrap.servers", setting.bootstrap())
                .option("topic", "stock_results");
    }

    private void append(Dataset<Row> rows, Long number) {
        var properties = new Properties();
        properties.setProperty("user", setting.database().login().user());
        properties.setProperty("password", setting.database().login().password());
        properties.setProperty("driver", "org.mariadb.jdbc.Driver");
        // Spark quotes names as MySQL does only for this scheme.
        var url = setting.jdbcUrl().replace("jdbc:mariadb:", "jdbc:mysql:") + "?permitMysqlScheme";
        rows.write().mode(SaveMode.Append).jdbc(url, "stock_raw", properties);
    }
}
