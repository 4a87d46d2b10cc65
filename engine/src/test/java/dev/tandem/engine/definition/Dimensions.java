package dev.tandem.engine.definition;

import dev.tandem.model.Dimension;
import dev.tandem.model.record.MalformedRecordException;
import dev.tandem.model.record.RecordParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Dimensions whose rows a test has as lines of CSV. */
final class Dimensions {
    private Dimensions() {}

    static DimensionRows of(Dimension dimension, List<String> lines) {
        var parser = new RecordParser(dimension.schema(), dimension.format());
        var rows = new ArrayList<@Nullable Object[]>();
        for (var line : lines) {
            try {
                rows.add(parser.parse(line.getBytes(StandardCharsets.UTF_8)));
            } catch (MalformedRecordException e) {
                throw new IllegalArgumentException("No row of %s: %s".formatted(dimension.name(), line), e);
            }
        }
        return DimensionRows.of(dimension, "v1", rows);
    }
}
