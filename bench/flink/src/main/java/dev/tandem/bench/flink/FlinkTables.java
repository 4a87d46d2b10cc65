package dev.tandem.bench.flink;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collections;

/** The result tables. Their columns have the names and types of Tandem's. */
final class FlinkTables {
    /** A table, its columns with their types, how many they are, and its key. */
    record Table(String name, String columns, int width, String key) {
        /** Writes a row in the place of the one with its key. */
        String upsert() {
            return "replace into %s values (%s)".formatted(name, String.join(", ", Collections.nCopies(width, "?")));
        }

        private String ddl() {
            return "create table %s (%s, primary key (%s)) default character set utf8mb4 collate utf8mb4_bin"
                    .formatted(name, columns, key);
        }
    }

    private static final String WINDOW = "window_start datetime(6), window_end datetime(6), ";
    private static final String TAG = "hashtag varchar(190), tweets bigint, mentions bigint, ";
    private static final String MEANS = "avg_likes decimal(38,6), avg_retweets decimal(38,6)";

    static final Table STATS = new Table("flink_window_stats", WINDOW + TAG + MEANS, 7, "window_start, hashtag");
    static final Table TOTALS = new Table(
            "flink_window_totals",
            WINDOW + "tweets bigint, users bigint, tagged bigint, mentions bigint, " + MEANS,
            8,
            "window_start");
    static final Table TOP =
            new Table("flink_top_hashtags", WINDOW + "`rank` bigint, " + TAG + MEANS, 8, "window_start, `rank`");

    private FlinkTables() {}

    static void create(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(STATS.ddl());
            statement.execute(TOTALS.ddl());
            statement.execute(TOP.ddl());
        }
    }

    static void fill(PreparedStatement statement, StatsRow row) throws SQLException {
        fill(statement, row.start(), row.end());
        fillTag(statement, 3, row);
    }

    static void fill(PreparedStatement statement, TopRow top) throws SQLException {
        fill(statement, top.row().start(), top.row().end());
        statement.setInt(3, top.rank());
        fillTag(statement, 4, top.row());
    }

    static void fill(PreparedStatement statement, TotalsRow row) throws SQLException {
        fill(statement, row.start(), row.end());
        statement.setLong(3, row.tweets());
        statement.setLong(4, row.users());
        statement.setLong(5, row.tagged());
        statement.setLong(6, row.mentions());
        fill(statement, 7, row.likes());
        fill(statement, 8, row.retweets());
    }

    private static void fillTag(PreparedStatement statement, int from, StatsRow row) throws SQLException {
        statement.setString(from, row.tag());
        statement.setLong(from + 1, row.tweets());
        statement.setLong(from + 2, row.mentions());
        fill(statement, from + 3, row.likes());
        fill(statement, from + 4, row.retweets());
    }

    private static void fill(PreparedStatement statement, long start, long end) throws SQLException {
        statement.setObject(1, utc(start));
        statement.setObject(2, utc(end));
    }

    private static void fill(PreparedStatement statement, int index, Mean mean) throws SQLException {
        statement.setBigDecimal(index, mean.value().orElse(null));
    }

    private static LocalDateTime utc(long millis) {
        return LocalDateTime.ofEpochSecond(Math.floorDiv(millis, 1_000), 0, ZoneOffset.UTC);
    }
}
