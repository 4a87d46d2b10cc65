package dev.tandem.diff.table;

import dev.tandem.diff.duck.Duck;
import dev.tandem.diff.duck.Sql;
import dev.tandem.diff.side.Side;
import dev.tandem.diff.table.Question.Source;
import dev.tandem.diff.table.Result.Counts;
import dev.tandem.diff.table.Result.SideFacts;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads both sides, matches their columns and rows, and says where and by how much they differ. */
public final class Comparison {
    public static final String LEFT = "left_rows";
    public static final String RIGHT = "right_rows";
    /** The differing rows: keys, {@code kind}, and each value as {@code lc0}, {@code rc0}, … */
    public static final String PAIRS = "pairs";

    private final Duck duck;
    private final Question question;
    private final Clock clock;
    private Optional<Columns> columns = Optional.empty();

    private record Read(Instant from, Instant until, Side.Reading reading) {}

    public Comparison(Duck duck, Question question, Clock clock) {
        this.duck = duck;
        this.question = question;
        this.clock = clock;
    }

    /** Leaves {@link #LEFT}, {@link #RIGHT} and {@link #PAIRS} behind for further questions. */
    public Result compare() {
        var reads = reads();
        var left = reads.left();
        var right = reads.right();
        var columns = columns(reads);
        this.columns = Optional.of(columns);
        var tables = new WorkingTables(duck, columns);
        var leftKeys = tables.make("left_raw", LEFT, question.left().where(), true);
        drop("left_raw");
        var rightKeys = tables.make("right_raw", RIGHT, question.right().where(), false);
        drop("right_raw");
        columns.makePairs(duck, LEFT, RIGHT, PAIRS);
        var counts = counts(reads.unread() + leftKeys.rows());
        var facts = new ColumnDifferences(duck, columns).facts();
        return new Result(
                question.name(),
                facts(question.left(), left, leftKeys, reads.unread()),
                facts(question.right(), right, rightKeys, reads.unread()),
                columns,
                counts,
                reads.unread() == 0
                        ? facts
                        : facts.stream().map(Result.ColumnFacts::withoutSums).toList(),
                new SliceDifferences(duck, columns, question.time()).slices(),
                new RowDifferences(duck, columns).samples(question.extent().samples()));
    }

    /** What became of the differing rows when they were read once more. */
    public record SecondLook(long stable, long settled, long moving) {}

    /** Reads both sides again, after {@link #compare}, and keeps the rows with the keys that differed. */
    public SecondLook again() {
        var columns = this.columns.orElseThrow();
        var tables = new WorkingTables(duck, columns);
        duck.run("CREATE TABLE asked AS SELECT DISTINCT %s FROM pairs WHERE kind <> 'tolerated'"
                .formatted(columns.keyFields()));
        read(question.left(), "left_raw");
        tables.makeAgain("left_raw", "left_again", question.left().where(), true);
        drop("left_raw");
        read(question.right(), "right_raw");
        tables.makeAgain("right_raw", "right_again", question.right().where(), false);
        drop("right_raw");
        columns.makePairs(duck, "left_again", "right_again", "pairs_again");
        var fields = columns.keyFields() + ", copy, kind"
                + columns.values().stream()
                        .map(column ->
                                ", %s, %s".formatted(Sql.name("l" + column.field()), Sql.name("r" + column.field())))
                        .collect(Collectors.joining());
        long before = duck.number("SELECT count(*) FROM pairs WHERE kind <> 'tolerated'");
        long now = duck.number("SELECT count(*) FROM pairs_again WHERE kind <> 'tolerated'");
        long stable = duck.number(
                "SELECT count(*) FROM (SELECT %1$s FROM pairs WHERE kind <> 'tolerated' INTERSECT SELECT %1$s FROM pairs_again)"
                        .formatted(fields));
        return new SecondLook(stable, Math.max(0, before - now), Math.max(0, now - stable));
    }

    /** @param unread rows that each side has, and that are equal */
    private record Reads(Read left, Read right, long unread, List<String> notes) {}

    private Reads reads() {
        var bisection = new Bisection(duck, question);
        if (!bisection.isPossible()) {
            return new Reads(read(question.left(), "left_raw"), read(question.right(), "right_raw"), 0, List.of());
        }
        var from = clock.instant();
        var done = bisection.read("left_raw", "right_raw");
        var until = clock.instant();
        return new Reads(
                new Read(from, until, done.left()),
                new Read(from, until, done.right()),
                done.unread(),
                done.told().stream().toList());
    }

    private Read read(Source source, String table) {
        var from = clock.instant();
        var reading = source.side().read(duck, table);
        return new Read(from, clock.instant(), reading);
    }

    private void drop(String raw) {
        boolean view = duck.number("SELECT count(*) FROM duckdb_views() WHERE view_name = '%s'".formatted(raw)) > 0;
        duck.run("DROP %s %s".formatted(view ? "VIEW" : "TABLE", raw));
    }

    private Columns columns(Reads reads) {
        var leftColumns = duck.columns("left_raw");
        var rightColumns = duck.columns("right_raw");
        var matches = new ColumnMatching(leftColumns, rightColumns, question).matches();
        var reconciling = new Reconciling(
                duck,
                raw("LEFT", "left_raw", reads.left(), leftColumns, question.left()),
                raw("RIGHT", "right_raw", reads.right(), rightColumns, question.right()),
                question);
        var keys = new ArrayList<Column>();
        matches.keys().forEach(match -> keys.add(reconciling.column(match, "k" + keys.size())));
        var values = new ArrayList<Column>();
        matches.values().forEach(match -> values.add(reconciling.column(match, "c" + values.size())));
        var notes = new ArrayList<>(reads.notes());
        notes.addAll(reconciling.notes());
        return new Columns(keys, values, matches.onlyLeft(), matches.onlyRight(), notes);
    }

    private static Reconciling.RawSide raw(
            String word, String table, Read read, List<Duck.Column> columns, Source source) {
        var types = new LinkedHashMap<String, String>();
        columns.forEach(column -> types.put(column.name(), column.type()));
        return new Reconciling.RawSide(word, table, read.reading().typing(), types, source.zone());
    }

    private Counts counts(long leftRows) {
        return duck.list(
                        """
                        SELECT count(*) FILTER (kind = 'tolerated'), count(*) FILTER (kind = 'changed'),
                          count(*) FILTER (kind = 'only left'), count(*) FILTER (kind = 'only right') FROM pairs""",
                        row -> new Counts(
                                leftRows - row.getLong(1) - row.getLong(2) - row.getLong(3),
                                row.getLong(1),
                                row.getLong(2),
                                row.getLong(3),
                                row.getLong(4)))
                .get(0);
    }

    private static SideFacts facts(Source source, Read read, WorkingTables.Keys keys, long unread) {
        return new SideFacts(
                source.side().shown(),
                read.from(),
                read.until(),
                read.reading().consistency(),
                unread + keys.rows(),
                keys.copies(),
                keys.nullKeys());
    }
}
