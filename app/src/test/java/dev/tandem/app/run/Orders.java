package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Mode;
import dev.tandem.testkit.oracle.OrdersOracle;
import dev.tandem.testkit.oracle.OrdersView;
import dev.tandem.testkit.oracle.Rows;
import dev.tandem.testkit.oracle.TweetOracle.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What tests of the orders pipeline have in common: where its rows lie, and the oracle of its drop. */
final class Orders {
    static final String DROP = "data/stream/input";

    /** The views that stand in tables. */
    static final Set<OrdersView> TABLES = EnumSet.range(OrdersView.WINDOWED_REVENUE, OrdersView.TOP_PRODUCTS);

    private Orders() {}

    /** All files of {@code drop} in one file: a row's place in it is its position in the stream. */
    static Path whole(Path drop, Path into) {
        try (var files = Files.list(drop)) {
            var lines = new ArrayList<String>();
            for (var file :
                    files.filter(it -> it.toString().endsWith(".csv")).sorted().toList()) {
                var rows = Files.readAllLines(file);
                lines.addAll(lines.isEmpty() ? rows : rows.subList(1, rows.size()));
            }
            return Files.write(into, lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The oracle of what lies in the trial's drop, cut as its stream was. */
    static OrdersOracle oracle(Trial trial) {
        var oracle = OrdersOracle.overCsv(whole(trial.file(DROP), trial.file("whole.csv")));
        oracle.cutInto(trial.microBatches(), trial.pipeline().watermark().delay());
        return oracle;
    }

    static Side side(Mode mode) {
        return mode == Mode.STREAM ? Side.STREAM : Side.BATCH;
    }

    static Rows stored(Trial trial, OrdersView view, Mode mode) {
        return trial.rows("select * from " + trial.table(view.name().toLowerCase(Locale.ROOT), mode));
    }

    static Lake lake(Trial trial, String name, Mode mode) {
        return new Lake(trial.file("data/warehouse/%s/%s".formatted(mode.word(), name)));
    }

    static Rows records(Trial trial, OrdersView view, Mode mode) {
        return lake(trial, view == OrdersView.EVENTS ? "orders" : "cancelled", mode)
                .rows("* replace (order_timestamp at time zone 'UTC' as order_timestamp)");
    }

    /** Every table and every lake of records says what the oracle says. */
    static void agree(Trial trial, OrdersOracle oracle, Mode mode) {
        for (var view : TABLES) {
            assertThat(oracle.differences(view, side(mode), stored(trial, view, mode)))
                    .as("%s %s", mode, view)
                    .isEmpty();
        }
        for (var view : List.of(OrdersView.EVENTS, OrdersView.CANCELLED)) {
            assertThat(oracle.differences(view, side(mode), records(trial, view, mode)))
                    .as("%s %s", mode, view)
                    .isEmpty();
        }
    }

    /** The waterfall of a mode, in the oracle's words. */
    static Map<String, Long> fates(Trial trial, Mode mode) {
        var conservation = trial.ledger().totals();
        var fates = new TreeMap<String, Long>();
        lake(trial, "quarantine", mode).count("reason").forEach(line -> put(line, fates));
        fates.put("cancelled", (long)
                records(trial, OrdersView.CANCELLED, mode).cells().size());
        fates.put(
                "valid", (long) records(trial, OrdersView.EVENTS, mode).cells().size());
        fates.put("duplicate", conservation.duplicate());
        return fates;
    }

    private static void put(String line, Map<String, Long> into) {
        int bar = line.lastIndexOf('|');
        into.put(line.substring(0, bar), Long.valueOf(line.substring(bar + 1)));
    }

    /** The files directly in a folder, by name. */
    static List<Path> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
