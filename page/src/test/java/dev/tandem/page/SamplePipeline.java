package dev.tandem.page;

import dev.tandem.page.data.PipelineFacts;
import dev.tandem.page.data.PipelineFacts.ChartFacts;
import dev.tandem.page.data.PipelineFacts.Column;
import dev.tandem.page.data.PipelineFacts.ColumnRole;
import dev.tandem.page.data.PipelineFacts.ViewFacts;
import dev.tandem.page.data.PipelineFacts.WindowKind;
import dev.tandem.page.data.ViewRows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** A pipeline with invented rows: the same for the same seed, and the stream lacking a little in the windows that late records missed. */
record SamplePipeline(PipelineFacts facts, String verdict, Map<String, ViewRows> rows) {
    static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    /** How a view's rows are made: one cell list for each window and key. */
    interface Cells {
        List<String> of(SplittableRandom random, String key, int window);
    }

    /** A view to be: its shape, the keys and the windows. */
    record Plan(ViewFacts facts, List<String> keys, int windows, Duration size, Cells cells, boolean differs) {}

    static SamplePipeline of(PipelineFacts facts, String verdict, List<Plan> plans) {
        var rows = new LinkedHashMap<String, ViewRows>();
        plans.forEach(it -> rows.put(it.facts().name(), made(it)));
        return new SamplePipeline(facts, verdict, rows);
    }

    private static ViewRows made(Plan plan) {
        var random = new SplittableRandom(42);
        var stream = new ArrayList<ViewRows.Row>();
        var batch = new ArrayList<ViewRows.Row>();
        for (int window = 0; window < plan.windows(); window++) {
            for (var key : plan.keys()) {
                var cells = plan.cells().of(random, key, window);
                var missed = plan.differs() && random.nextInt(9) == 0 ? lacking(plan, cells) : cells;
                boolean open = window == plan.windows() - 1 && plan.facts().kind() != WindowKind.GLOBAL;
                stream.add(row(plan, window, missed, open ? "open" : "closed"));
                if (!open) {
                    batch.add(row(plan, window, cells, "closed"));
                }
            }
        }
        return new ViewRows(plan.facts().name(), ordered(plan, stream), ordered(plan, batch));
    }

    private static List<ViewRows.Row> ordered(Plan plan, List<ViewRows.Row> rows) {
        if (!plan.facts().ranked()) {
            return rows;
        }
        int measure = first(plan.facts(), ColumnRole.MEASURE);
        return rows.stream()
                .sorted(Comparator.comparing((ViewRows.Row it) -> it.start().orElse(Instant.MIN))
                        .thenComparing(it ->
                                -Double.parseDouble(it.cells().get(measure).orElse("0"))))
                .toList();
    }

    private static int first(ViewFacts view, ColumnRole role) {
        return view.columns().stream().map(Column::role).toList().indexOf(role);
    }

    /** One record less in the first measure. */
    private static List<String> lacking(Plan plan, List<String> cells) {
        var changed = new ArrayList<>(cells);
        int measure = first(plan.facts(), ColumnRole.MEASURE);
        if (plan.facts().columns().get(measure).type().equals("BIGINT")) {
            changed.set(measure, String.valueOf(Math.max(0, Long.parseLong(cells.get(measure)) - 1)));
        }
        return changed;
    }

    private static ViewRows.Row row(Plan plan, int window, List<String> cells, String status) {
        boolean cut = plan.facts().kind() != WindowKind.GLOBAL;
        var start = NOON.plus(plan.size().multipliedBy(window));
        return new ViewRows.Row(
                cut ? Optional.of(start) : Optional.empty(),
                cut ? Optional.of(start.plus(plan.size())) : Optional.empty(),
                cells.stream()
                        .map(it -> it.isEmpty() ? Optional.<String>empty() : Optional.of(it))
                        .toList(),
                status,
                1);
    }

    static ViewFacts view(String name, WindowKind kind, String window, boolean ranked, String... columns) {
        return new ViewFacts(
                name,
                kind,
                window,
                ranked,
                Arrays.stream(columns).map(SamplePipeline::column).toList(),
                Optional.empty());
    }

    /** The same, drawn as its author says. */
    static ViewFacts drawn(ViewFacts view, ChartFacts chart) {
        return new ViewFacts(
                view.name(), view.kind(), view.window(), view.ranked(), view.columns(), Optional.of(chart));
    }

    /** As in {@code key hashtag STRING}; a {@code sum} is a measure that may be summed. */
    private static Column column(String text) {
        var parts = text.split(" ", 3);
        boolean numeric = !List.of("STRING", "TIMESTAMP", "DATE").contains(parts[2]);
        boolean additive = parts[0].equals("sum");
        var role = additive ? ColumnRole.MEASURE : ColumnRole.valueOf(parts[0].toUpperCase(Locale.ROOT));
        return new Column(parts[1], parts[2], role, numeric, additive, false);
    }
}
