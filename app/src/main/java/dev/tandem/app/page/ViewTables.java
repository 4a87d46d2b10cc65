package dev.tandem.app.page;

import dev.tandem.app.run.Whereabouts;
import dev.tandem.model.Chart;
import dev.tandem.model.Measure;
import dev.tandem.model.Mode;
import dev.tandem.model.Output;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Step;
import dev.tandem.model.ValueOrder;
import dev.tandem.model.View;
import dev.tandem.model.Window;
import dev.tandem.page.data.PipelineFacts;
import dev.tandem.page.data.PipelineFacts.ChartFacts;
import dev.tandem.page.data.PipelineFacts.Column;
import dev.tandem.page.data.PipelineFacts.ColumnRole;
import dev.tandem.page.data.PipelineFacts.ViewFacts;
import dev.tandem.page.data.PipelineFacts.WindowKind;
import dev.tandem.page.data.ViewRows;
import dev.tandem.store.TableReader;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The tables of a pipeline's views: their structure and their rows. */
final class ViewTables {
    /** More would neither be seen nor be sent in time. */
    private static final int MOST_ROWS = 4_000;

    /** A session has a window of its own, so that a number of windows would say little. */
    private static final int SESSIONS = 2_000;

    private final ServedPipeline served;
    private final Whereabouts whereabouts;

    ViewTables(ServedPipeline served, Whereabouts whereabouts) {
        this.served = served;
        this.whereabouts = whereabouts;
    }

    List<ViewFacts> facts() {
        return served.pipeline().views().stream().map(this::facts).toList();
    }

    private ViewFacts facts(View view) {
        var window = grouped(view).window();
        return new ViewFacts(
                view.name(),
                kind(window),
                window.told(),
                view.asTop().isPresent(),
                columns(view),
                view.asGrouped().flatMap(View.Grouped::chart).map(ViewTables::chart));
    }

    private static ChartFacts chart(Chart chart) {
        return new ChartFacts(
                chart.kind().name().toLowerCase(Locale.ROOT),
                chart.value(),
                chart.band().map(it -> new PipelineFacts.Band(it.low(), it.high(), it.volume())),
                chart.sides(),
                chart.steps());
    }

    /** The grouped view itself, or the one that a ranked view ranks. */
    private View.Grouped grouped(View view) {
        return view.fold(
                grouped -> grouped,
                top -> grouped(served.pipeline().view(top.from()).orElseThrow()));
    }

    private static WindowKind kind(Window window) {
        return window.fold(
                tumbling -> WindowKind.TUMBLING,
                sliding -> WindowKind.SLIDING,
                calendar -> WindowKind.CALENDAR,
                session -> WindowKind.SESSION,
                global -> WindowKind.GLOBAL);
    }

    private List<Column> columns(View view) {
        var table = table(view, Mode.STREAM).or(() -> table(view, Mode.BATCH));
        var stored = table.map(it -> Reading.of(it::columns, List.<TableReader.Column>of()))
                .orElse(List.of());
        var grouped = grouped(view);
        if (stored.isEmpty()) {
            return Stream.concat(
                            grouped.by().stream()
                                    .map(it -> new Column(it.name(), "", ColumnRole.KEY, false, false, false)),
                            grouped.measures().stream()
                                    .map(it -> column(it.name(), "", ColumnRole.MEASURE, true, grouped)))
                    .toList();
        }
        var keys = grouped.by().stream().map(View.Key::name).collect(Collectors.toSet());
        var derived = grouped.derive().stream().map(Step.Named::name).collect(Collectors.toSet());
        return stored.stream()
                .map(it -> column(it.name(), it.type(), role(it.name(), keys, derived), it.numeric(), grouped))
                .toList();
    }

    /** What is known of a column's measure says what may be done with its cells. */
    private static Column column(String name, String type, ColumnRole role, boolean numeric, View.Grouped view) {
        var kind = view.measures().stream()
                .filter(measure -> measure.name().equals(name))
                .map(Measure::kind)
                .findFirst();
        return new Column(
                name,
                type,
                role,
                numeric,
                kind.filter(Measure.Kind::isAdditive).isPresent(),
                kind.filter(Measure.Kind::isApproximate).isPresent());
    }

    /** The rank is no key here: rows of both modes are the same row if they rank the same thing. */
    private static ColumnRole role(String name, Set<String> keys, Set<String> derived) {
        if (keys.contains(name)) {
            return ColumnRole.KEY;
        }
        return derived.contains(name) || name.equals(View.Top.RANK) ? ColumnRole.DERIVED : ColumnRole.MEASURE;
    }

    private Optional<TableReader> table(View view, Mode mode) {
        boolean windowed = !grouped(view).window().isGlobal();
        return output(served.pipeline(), view.name(), mode)
                .flatMap(output -> served.database(whereabouts, output.database())
                        .map(database -> new TableReader(database, output.table(mode), windowed)));
    }

    private static Optional<Output.Table> output(Pipeline pipeline, String view, Mode mode) {
        return pipeline.tables().stream()
                .filter(it -> it.what().isView() && it.writes(mode))
                .filter(it -> it.what().name().equals(view))
                .findFirst();
    }

    /** What both modes have stored for the last {@code windows} windows; empty if there is no such view. */
    Optional<ViewRows> rows(String name, int windows) {
        return served.pipeline().view(name).map(view -> rows(view, windows));
    }

    private ViewRows rows(View view, int windows) {
        var tables = Stream.of(Mode.STREAM, Mode.BATCH)
                .map(mode -> table(view, mode))
                .toList();
        var window = grouped(view).window();
        if (window.isGlobal()) {
            return new ViewRows(view.name(), sorted(view, all(tables.get(0))), sorted(view, all(tables.get(1))));
        }
        int last = window.isSession() ? SESSIONS : windows;
        var from = tables.stream()
                .flatMap(Optional::stream)
                .flatMap(it -> Reading.of(() -> it.startOfLast(last), Optional.<Instant>empty()).stream())
                .max(Instant::compareTo);
        return from.map(start -> new ViewRows(
                        view.name(),
                        sorted(view, since(tables.get(0), start)),
                        sorted(view, since(tables.get(1), start))))
                .orElse(new ViewRows(view.name(), List.of(), List.of()));
    }

    private static List<ViewRows.Row> all(Optional<TableReader> table) {
        return table.map(it -> Reading.of(() -> it.all(MOST_ROWS), List.<TableReader.Row>of()))
                .map(ViewTables::told)
                .orElse(List.of());
    }

    private static List<ViewRows.Row> since(Optional<TableReader> table, Instant start) {
        return table.map(it -> Reading.of(() -> it.since(start, MOST_ROWS), List.<TableReader.Row>of()))
                .map(ViewTables::told)
                .orElse(List.of());
    }

    /** By window, then by rank in a ranked view and by the cells in any other. */
    private static List<ViewRows.Row> sorted(View view, List<ViewRows.Row> rows) {
        var byCells = view.asTop().isPresent()
                ? Comparator.comparing((ViewRows.Row row) -> new BigDecimal(text(row, 0)))
                : Comparator.comparing((ViewRows.Row row) -> text(row, 0), ValueOrder::compareTexts);
        return rows.stream()
                .sorted(Comparator.comparing((ViewRows.Row row) -> row.start().orElse(Instant.MIN))
                        .thenComparing(byCells))
                .toList();
    }

    /** The first cell is the rank of a ranked view and the first key of a keyed one. */
    private static String text(ViewRows.Row row, int at) {
        return row.cells().isEmpty() ? "" : row.cells().get(at).orElse("");
    }

    private static List<ViewRows.Row> told(List<TableReader.Row> rows) {
        return rows.stream()
                .map(it -> new ViewRows.Row(it.start(), it.end(), it.cells(), it.status(), it.revision()))
                .toList();
    }

    /** The rows of the stream that may still change; {@code watermark} is where windows are closed up to. */
    TableReader.Open open(Optional<Instant> watermark) {
        long rows = 0;
        long windows = 0;
        for (var view : served.pipeline().views()) {
            var window = grouped(view).window();
            // Windows are as long as they are; where none begins before this, none that is open does.
            var from = window.longestMicros() == Long.MAX_VALUE
                    ? Optional.<Instant>empty()
                    : watermark.map(it -> it.minusNanos(window.longestMicros() * 1_000));
            var open = table(view, Mode.STREAM)
                    .map(it -> Reading.of(() -> it.open(from), new TableReader.Open(0, 0)))
                    .orElse(new TableReader.Open(0, 0));
            rows += open.rows();
            windows += open.windows();
        }
        return new TableReader.Open(rows, windows);
    }
}
