package dev.tandem.model.reading;

import dev.tandem.model.Format;
import dev.tandem.model.Source;
import dev.tandem.model.Source.Landing;
import dev.tandem.model.Source.Rows.Place;
import java.time.ZoneId;
import java.util.Optional;
import java.util.regex.Pattern;

/** A {@code source} whose records are the rows of another program. */
final class RowsReading {
    private static final Pattern FILE_OR_ADDRESS = Pattern.compile(".*[^/]\\.(db|sqlite|sqlite3|duckdb)|[a-z]+:.+");

    private final Problems problems;

    RowsReading(Problems problems) {
        this.problems = problems;
    }

    Source table(YamlMap map) {
        var table = map.filledText("table", "raw_orders").orElse("");
        var place = new Place.Table(table, map.requiredText("in", "shop.duckdb"));
        checkDatabase(place, map);
        if (!map.has("arrived_at") && !map.has("order_by")) {
            problems.add(
                    map.place(),
                    "a table has no order of its own, and nothing says which row came first",
                    "add e.g. 'arrived_at: received_at', or 'order_by: id'");
        }
        return rows(map, place, place.server());
    }

    private void checkDatabase(Place.Table place, YamlMap map) {
        var database = place.database();
        if (place.server().isEmpty()
                && !database.isBlank()
                && !FILE_OR_ADDRESS.matcher(database).matches()) {
            problems.add(
                    map.placeOfValue("in"),
                    "there is no database '%s'".formatted(database),
                    "write mysql, postgres, a file as shop.db or shop.duckdb, or an address as postgres://user@host:5432/shop");
        }
    }

    Source parquet(YamlMap map) {
        var path = map.filledText("parquet", "raw/orders").orElse("");
        return rows(map, new Place.Parquet(path), Optional.empty());
    }

    /** They are never landed, but the server that has them must be there. */
    private static Source rows(YamlMap map, Place place, Optional<String> server) {
        var zone = map.zone("zone").orElse(ZoneId.of("UTC"));
        return new Source.Rows(
                place,
                map.filledText("arrived_at", "received_at"),
                map.oneOrMore("order_by"),
                new Format(Format.Kind.JSON, false, ',', Optional.of(zone), Optional.empty()),
                new Landing.Segments(Landing.Segments.FOLDER, server.orElse("sqlite")));
    }
}
