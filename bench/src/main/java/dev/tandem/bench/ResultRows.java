package dev.tandem.bench;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The rows of the three views as text, so that results of different engines can be compared. Windows are seconds since 1970. */
record ResultRows(Map<String, List<String>> byView) {
    static final List<String> VIEWS = List.of("window_stats", "window_totals", "top_hashtags");
    private static final String MEANS = "avg_likes, avg_retweets";
    private static final int EXAMPLES = 5;

    /** Columns of a view besides those of its window. {@code quote} is the database's sign around a name. */
    static String columns(String view, String quote) {
        return switch (view) {
            case "window_stats" -> "hashtag, tweets, mentions, " + MEANS;
            case "window_totals" -> "tweets, users, tagged, mentions, " + MEANS;
            case "top_hashtags" -> quote + "rank" + quote + ", hashtag, tweets, mentions, " + MEANS;
            default ->
                throw new IllegalArgumentException("Cannot compare the view '%s'; add its columns".formatted(view));
        };
    }

    /** What stands in the tables whose names are {@code prefix} and the view's. */
    static ResultRows stored(Setting setting, String prefix) throws SQLException {
        var all = new LinkedHashMap<String, List<String>>();
        try (var connection = setting.connection();
                var statement = connection.createStatement()) {
            for (var view : VIEWS) {
                var sql =
                        "select timestampdiff(second, '1970-01-01', window_start), timestampdiff(second, '1970-01-01', window_end), %s from %s%s"
                                .formatted(columns(view, "`"), prefix, view);
                try (var rows = statement.executeQuery(sql)) {
                    all.put(view, lines(rows));
                }
            }
        }
        return new ResultRows(all);
    }

    /** What {@link DuckBatch} wrote to the files of its folder. */
    static ResultRows written(Setting setting) throws IOException {
        var all = new LinkedHashMap<String, List<String>>();
        for (var view : VIEWS) {
            all.put(view, Files.readAllLines(setting.folder().resolve(view + ".txt")));
        }
        return new ResultRows(all);
    }

    /** A line for each row, in order. */
    static List<String> lines(ResultSet rows) throws SQLException {
        var lines = new ArrayList<String>();
        int width = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            var cells = new ArrayList<String>();
            for (int index = 1; index <= width; index++) {
                cells.add(
                        rows.getObject(index) instanceof BigDecimal number
                                ? number.toPlainString()
                                : String.valueOf(rows.getString(index)));
            }
            lines.add(String.join("|", cells));
        }
        lines.sort(null);
        return lines;
    }

    int count() {
        return byView.values().stream().mapToInt(List::size).sum();
    }

    /** Fails where {@code other} has other rows: figures of jobs that do different things must not stand side by side. */
    void requireEqual(String name, ResultRows other, String otherName) {
        for (var view : VIEWS) {
            var here = byView.getOrDefault(view, List.of());
            var there = other.byView.getOrDefault(view, List.of());
            if (!here.equals(there)) {
                throw new IllegalStateException("%s and %s differ in %s: only %s has %s, only %s has %s"
                        .formatted(name, otherName, view, name, without(here, there), otherName, without(there, here)));
            }
        }
        if (count() == 0) {
            throw new IllegalStateException("%s and %s have no rows; look into their logs".formatted(name, otherName));
        }
    }

    private static List<String> without(List<String> rows, List<String> others) {
        var left = new TreeSet<>(rows);
        others.forEach(left::remove);
        return left.stream().limit(EXAMPLES).toList();
    }
}
