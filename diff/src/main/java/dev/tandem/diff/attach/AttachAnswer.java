package dev.tandem.diff.attach;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Two tables of other jobs, held against the log that both of them read.
 *
 * @param log as a person calls it
 * @param records that were counted
 * @param rejected records that the definition puts in quarantine
 * @param differences the file that has every number in which a table differs
 */
public record AttachAnswer(
        String pipeline, String log, long records, long rejected, List<ViewAnswer> views, Path differences) {
    public AttachAnswer {
        views = List.copyOf(views);
    }

    /** Whether every table is what the log gives. */
    public boolean agrees() {
        return views.stream().flatMap(ViewAnswer::sides).allMatch(SideAnswer::agrees);
    }

    /**
     * One view.
     *
     * @param rows that the log gives
     * @param worst the rows in which a table differs most
     */
    public record ViewAnswer(
            String view, long rows, Optional<SideAnswer> stream, Optional<SideAnswer> batch, List<RowAnswer> worst) {
        public ViewAnswer {
            worst = List.copyOf(worst);
        }

        Stream<SideAnswer> sides() {
            return Stream.of(stream, batch).flatMap(Optional::stream);
        }
    }

    /**
     * One table.
     *
     * @param shown as a person calls it
     * @param consistency why its rows belong to one moment, or that they may not
     * @param missing measures that it does not have
     * @param inference empty where no behaviour gives even half of the table
     * @param places where its differing rows are, by day and by key
     */
    public record SideAnswer(
            String shown,
            String consistency,
            Counts counts,
            List<String> missing,
            Optional<Inference> inference,
            List<Place> places) {
        public SideAnswer {
            missing = List.copyOf(missing);
            places = List.copyOf(places);
        }

        public boolean agrees() {
            return counts.differing() == 0;
        }
    }

    /**
     * Rows of one table by what became of them.
     *
     * @param changed with another number than the log gives
     * @param absent that the log gives and the table does not have
     * @param extra that the table has and the log does not give
     */
    public record Counts(long rows, long equal, long changed, long absent, long extra) {
        public long differing() {
            return changed + absent + extra;
        }
    }

    /**
     * How many of the rows with one value differ.
     *
     * @param column {@code day}, or a key column
     */
    public record Place(String column, String value, long differing) {}
}
