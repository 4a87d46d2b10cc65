package dev.tandem.bench;

import java.io.Serializable;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Iterator;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The stock job's result tables: each partition of a micro-batch opens a connection and sends its rows in JDBC batches. */
record StockTables(String url, String user, String password) implements Serializable {
    static final String STATS = "stock_window_stats";
    static final String TOTALS = "stock_window_totals";
    private static final int ROWS_PER_BATCH = 1_000;

    void create(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(
                    "create table %s (tweet_id varchar(64), user_id varchar(64), created_at datetime(6), raw mediumtext)"
                            .formatted("stock_raw"));
            statement.execute(
                    "create table %s (window_start datetime(6), window_end datetime(6), hashtag varchar(190), tweets bigint, mentions bigint, avg_likes double, avg_retweets double, primary key (window_start, hashtag)) default character set utf8mb4 collate utf8mb4_bin"
                            .formatted(STATS));
            statement.execute(
                    "create table %s (window_start datetime(6) primary key, window_end datetime(6), tweets bigint, users bigint, tagged bigint, mentions bigint, avg_likes double, avg_retweets double)"
                            .formatted(TOTALS));
        }
    }

    void merge(String table, Dataset<Row> rows) {
        int columns = rows.columns().length;
        rows.foreachPartition((ForeachPartitionFunction<Row>) partition -> merge(table, columns, partition));
    }

    private void merge(String table, int columns, Iterator<Row> rows) throws SQLException {
        if (!rows.hasNext()) {
            return;
        }
        var sql = "replace into %s values (%s)".formatted(table, String.join(", ", Collections.nCopies(columns, "?")));
        try (var connection = DriverManager.getConnection(url, user, password);
                var statement = connection.prepareStatement(sql)) {
            connection.setAutoCommit(false);
            int waiting = 0;
            while (rows.hasNext()) {
                var row = rows.next();
                for (int index = 0; index < columns; index++) {
                    statement.setObject(index + 1, row.get(index));
                }
                statement.addBatch();
                if (++waiting % ROWS_PER_BATCH == 0) {
                    statement.executeBatch();
                }
            }
            statement.executeBatch();
            connection.commit();
        }
    }
}
