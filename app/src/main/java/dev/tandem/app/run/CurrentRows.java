package dev.tandem.app.run;

import dev.tandem.fold.Identity;
import dev.tandem.fold.Shape;
import dev.tandem.model.Mode;
import dev.tandem.store.StoredRow;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Stored rows of several views in both modes, read with one query for each table instead of one for each row. */
final class CurrentRows {
    private final Map<Table, Map<Identity, StoredRow>> tables;

    private CurrentRows(Map<Table, Map<Identity, StoredRow>> tables) {
        this.tables = tables;
    }

    private record Table(String view, Mode mode) {}

    /** A row of a view, present or not. */
    record Wanted(Shape shape, Identity rowKey) {}

    /** Reads {@code wanted} as the tables have them now; every shape is one with a table in both modes. */
    static CurrentRows read(PipelineStore store, List<Wanted> wanted) {
        var byShape = new LinkedHashMap<Shape, Set<Identity>>();
        wanted.forEach(it -> byShape.computeIfAbsent(it.shape(), shape -> new LinkedHashSet<>())
                .add(it.rowKey()));
        var tables = new HashMap<Table, Map<Identity, StoredRow>>();
        byShape.forEach((shape, rowKeys) -> {
            for (var mode : Mode.values()) {
                tables.put(new Table(shape.name(), mode), store.rows(shape, mode, rowKeys));
            }
        });
        return new CurrentRows(tables);
    }

    /** The row, if it was asked for and its table has it. */
    Optional<StoredRow> row(Shape shape, Mode mode, Identity rowKey) {
        return Optional.ofNullable(
                tables.getOrDefault(new Table(shape.name(), mode), Map.of()).get(rowKey));
    }
}
