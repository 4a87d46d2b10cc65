package dev.tandem.fold;

import dev.tandem.fold.ResultRow.Status;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tables of all views as a database would hold them: the last row written for each row key. */
final class Table {
    private record Key(String view, Identity row) {}

    private final Map<Key, ResultRow> rows = new HashMap<>();

    static Table of(List<Changes> all) {
        var table = new Table();
        all.forEach(table::apply);
        return table;
    }

    static Table ofRows(List<ResultRow> rows) {
        var table = new Table();
        table.upsert(rows);
        return table;
    }

    /** What is gone first: a row may come at once in its place. */
    void apply(Changes changes) {
        changes.gone().forEach(it -> rows.remove(new Key(it.view(), it.rowKey())));
        upsert(changes.rows());
    }

    void upsert(List<ResultRow> changed) {
        changed.forEach(row -> rows.put(new Key(row.view(), row.rowKey()), row));
    }

    /** All rows with the first revision: what a batch, which writes once, must have too. */
    Collection<ResultRow> withoutRevisions() {
        return rows.values().stream().map(Table::first).toList();
    }

    List<ResultRow> open() {
        return rows.values().stream().filter(row -> row.status() == Status.OPEN).toList();
    }

    private static ResultRow first(ResultRow row) {
        return new ResultRow(row.view(), row.window(), row.key(), row.measures(), row.status(), 1, row.events());
    }
}
