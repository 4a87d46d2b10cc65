package dev.tandem.fold.recount;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.RowKey;
import dev.tandem.fold.group.Group;
import dev.tandem.model.Dedup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of grouped views, taken apart by which modes count their records and why. Keeps an accumulator for each share and not the
 * records, so it is as small for a row of a billion records as for one of ten. Because accumulators merge exactly, the shares put
 * together again give both modes' rows and everything between them. One thread.
 */
public final class RowShares implements PartLog {
    private static final Comparator<Piece> IN_LOG_ORDER =
            Comparator.comparing(Piece::at).thenComparingLong(Piece::eventMicros);

    /** How many pieces a share of a row has, and the first of them by their place in the log. */
    public record Pieces(long count, List<Piece> first) {}

    /** A row as some shares make it; {@code values} as the view shows them, derived ones too. */
    public record RowValues(List<@Nullable Object> values, long events) {}

    private static final class Content {
        private final Group group;
        private final TreeSet<Piece> first = new TreeSet<>(IN_LOG_ORDER);
        private long count;
        private @Nullable Coordinates last;

        private Content(Group group) {
            this.group = group;
        }

        /** A record that contributes twice to a row is one record. */
        private void show(Piece piece, int most) {
            if (!piece.at().equals(last)) {
                count++;
            }
            last = piece.at();
            first.add(piece);
            if (first.size() > most) {
                first.pollLast();
            }
        }
    }

    private final FoldPlan plan;
    private final Set<RowKey> rows;
    private final Selection shown;
    private final Map<RowKey, Map<Share, Content>> contents = new HashMap<>();

    /** Which pieces are kept to be shown, and how many at most of a share of a row. */
    public record Selection(Predicate<Coordinates> which, int most) {}

    public RowShares(FoldPlan plan, Set<RowKey> rows, Selection shown) {
        this.plan = plan;
        this.rows = rows;
        this.shown = shown;
    }

    @Override
    public void take(Piece piece, Share share) {
        if (!rows.contains(piece.row())) {
            return;
        }
        var content = contents.computeIfAbsent(piece.row(), row -> new HashMap<>())
                .computeIfAbsent(share, key -> new Content(empty(piece.row())));
        content.group.add(piece.arguments(), piece.eventMicros(), piece.at());
        if (shown.which().test(piece.at())) {
            content.show(piece, shown.most());
        }
    }

    private Group empty(RowKey row) {
        return new Group(plan.arguments().get(row.view()), Dedup.Keep.FIRST);
    }

    /** The shares that {@code row} has. */
    public Set<Share> of(RowKey row) {
        return contents.getOrDefault(row, Map.of()).keySet();
    }

    /** The pieces of a share that are to be shown, and how many there are. */
    public Pieces pieces(RowKey row, Share share) {
        var content = contents.getOrDefault(row, Map.of()).get(share);
        return content == null ? new Pieces(0, List.of()) : new Pieces(content.count, new ArrayList<>(content.first));
    }

    /** What the row is if the shares that {@code with} takes are counted; empty if it is none. */
    public Optional<RowValues> made(RowKey row, Predicate<Share> with) {
        var group = empty(row);
        contents.getOrDefault(row, Map.of()).forEach((share, content) -> {
            if (with.test(share)) {
                group.merge(content.group);
            }
        });
        return group.events() == 0
                ? Optional.empty()
                : plan.values(row.view(), row.window(), row.key(), group.values())
                        .map(values -> new RowValues(values, group.events()));
    }
}
