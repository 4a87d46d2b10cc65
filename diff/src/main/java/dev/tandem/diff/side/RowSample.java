package dev.tandem.diff.side;

import dev.tandem.diff.duck.Duck;
import dev.tandem.diff.duck.Sql;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The first rows of a table, each as a JSON object: times in UTC as ISO 8601, numbers as they are written. */
public final class RowSample {
    private static final Pattern TABLE = Pattern.compile("^(.*?)([?&])table=([^&]*)(&(.*))?$");
    private static final int MEGABYTES = 256;

    private RowSample() {}

    /** Whether {@code address} is that of a database. */
    public static boolean isDatabase(String address) {
        return Pattern.compile("^(postgres|postgresql|mysql|mariadb)://.*|^(sqlite|jdbc):.*")
                .matcher(address)
                .matches();
    }

    /** The name of the table in {@code address}; empty if there is none. */
    public static Optional<String> table(String address) {
        var named = TABLE.matcher(address);
        return named.matches() ? Optional.of(named.group(3)) : Optional.empty();
    }

    /** {@code address} without a password. */
    public static String masked(String address) {
        return Sides.masked(address);
    }

    /** At most {@code rows} rows of the table or query that {@code given} names; temporary files go to {@code scratch}. */
    public static List<byte[]> of(TableReference given, int rows, Path scratch) {
        var side = Sides.of(bounded(given, rows));
        try (var duck = Duck.open(scratch, MEGABYTES)) {
            side.read(duck, "sample");
            var columns = duck.columns("sample");
            var selected = columns.stream().map(RowSample::text).collect(Collectors.joining(", "));
            return duck.list("SELECT %s FROM sample LIMIT %d".formatted(selected, rows), row -> {
                var members = new ArrayList<String>();
                for (int index = 0; index < columns.size(); index++) {
                    var value = row.getString(index + 1);
                    if (value != null) {
                        members.add(quoted(columns.get(index).name()) + ":" + json(columns.get(index), value));
                    }
                }
                return ("{" + String.join(",", members) + "}").getBytes(StandardCharsets.UTF_8);
            });
        }
    }

    /** The same with a query that the database itself ends after {@code rows} rows. */
    private static TableReference bounded(TableReference given, int rows) {
        var named = TABLE.matcher(given.address());
        if (!named.matches() || given.query().isPresent()) {
            return given;
        }
        boolean mySql = given.address().startsWith("mysql:") || given.address().startsWith("mariadb:");
        var rest = named.group(5) == null ? "" : named.group(2) + named.group(5);
        var query = DatabaseSide.all(named.group(3), mySql ? "`" : "\"") + " LIMIT " + rows;
        return new TableReference(named.group(1) + rest, Optional.of(query), given.surroundings());
    }

    private static String text(Duck.Column column) {
        var name = Sql.name(column.name());
        return column.type().startsWith("TIMESTAMP")
                ? "strftime(%s::TIMESTAMP, '%%Y-%%m-%%dT%%H:%%M:%%S.%%fZ')".formatted(name)
                : name + "::VARCHAR";
    }

    private static String json(Duck.Column column, String value) {
        var type = column.type();
        boolean verbatim =
                type.endsWith("INT") || type.equals("INTEGER") || type.startsWith("DECIMAL") || type.equals("BOOLEAN");
        return verbatim ? value : quoted(value);
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            if (letter == '"' || letter == '\\') {
                quoted.append('\\').append(letter);
            } else if (letter < ' ') {
                quoted.append("\\u%04x".formatted((int) letter));
            } else {
                quoted.append(letter);
            }
        }
        return quoted.append('"').toString();
    }
}
