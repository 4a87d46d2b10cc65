package dev.tandem.model.reading;

import dev.tandem.model.Dimension;
import dev.tandem.model.Format;
import dev.tandem.model.keys.StepKeys;
import java.util.ArrayList;
import java.util.List;

/** The {@code dimensions} of a definition: tables to join with. */
final class DimensionReading {
    /** The number of a dimension takes one signed byte in packed records. */
    private static final int MOST_DIMENSIONS = 127;

    private final Problems problems;

    DimensionReading(Problems problems) {
        this.problems = problems;
    }

    List<Dimension> dimensions(YamlMap top) {
        var dimensions = new ArrayList<Dimension>();
        top.map("dimensions").ifPresent(all -> {
            all.refuseMoreThan(
                    MOST_DIMENSIONS,
                    "dimensions",
                    "join the smaller tables into one file before the pipeline reads them");
            for (var name : all.keys()) {
                all.checkName(name, all.placeOfKey(name));
                all.map(name).ifPresent(map -> dimensions.add(dimension(name, map)));
            }
        });
        return dimensions;
    }

    private Dimension dimension(String name, YamlMap map) {
        var kind = map.onlyOneOf(
                        List.of("csv", "json"),
                        "the dimension '%s'".formatted(name),
                        "write e.g. 'csv: data/dimensions/%s.csv'".formatted(name))
                .orElse("csv");
        var file = map.filledText(kind, "data/dimensions/%s.%s".formatted(name, kind));
        var reading = new SchemaReading(problems);
        var schema = reading.schema(map);
        var format = kind.equals("csv") ? Format.CSV : Format.JSON;
        reading.refuseUnfit(schema, format, map.placeOfValue("schema"));
        reading.refuseOfMessage(schema, "a row of a dimension", map.placeOfValue("schema"));
        var key = map.oneOrMore("key");
        if (key.isEmpty()) {
            problems.add(
                    map.placeOfKey("key"),
                    "the dimension '%s' has no key".formatted(name),
                    "write e.g. 'key: customer_id'");
        }
        var names = SchemaReading.names(schema);
        key.stream()
                .filter(field -> reading.whole() && !names.contains(field))
                .forEach(field -> problems.add(
                        map.placeOfValue("key"),
                        "the dimension '%s' has no field '%s'".formatted(name, field),
                        Problems.hint(field, names)));
        map.refuseOthers(StepKeys.DIMENSION);
        return new Dimension(name, file.orElse(""), format, key, schema);
    }
}
