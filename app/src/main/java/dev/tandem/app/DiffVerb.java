package dev.tandem.app;

import dev.tandem.diff.DiffFile;
import dev.tandem.diff.DiffFile.SideSettings;
import dev.tandem.diff.table.Question;
import dev.tandem.diff.table.Question.Choice;
import dev.tandem.diff.table.Question.Wanted;
import dev.tandem.diff.table.Tolerance;
import dev.tandem.model.Durations;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares tables that Tandem did not make. */
@Command(name = "diff", description = "Compares any two tables, and names the pattern behind their differences.")
final class DiffVerb implements Verb {
    @Parameters(
            index = "0",
            paramLabel = "LEFT",
            description = "a path, an address such as postgres://user@host/db?table=NAME, or a diff.yaml")
    private String left = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "RIGHT", description = "the same; not with a diff.yaml")
    private @Nullable String right;

    @Option(names = "--key", split = ",", paramLabel = "COLUMN", description = "the columns that name a row")
    private List<String> key = List.of();

    @ArgGroup(heading = "Columns, by the left side's names:%n", exclusive = false)
    private ColumnOptions columns = new ColumnOptions();

    @ArgGroup(heading = "Sides:%n", exclusive = false)
    private SideOptions sides = new SideOptions();

    @ArgGroup(heading = "Answer:%n", exclusive = false)
    private AnswerOptions answer = new AnswerOptions();

    static final class ColumnOptions {
        @Option(names = "--columns", split = ",", paramLabel = "COLUMN", description = "compare these alone")
        private List<String> only = List.of();

        @Option(names = "--ignore", split = ",", paramLabel = "COLUMN", description = "leave these out")
        private List<String> ignored = List.of();

        @Option(names = "--rename", split = ",", paramLabel = "LEFT=RIGHT", description = "two names of one column")
        private Map<String, String> renames = Map.of();

        @Option(
                names = "--type",
                split = ",",
                paramLabel = "COLUMN=TYPE",
                description = "compare as number, text, time or date")
        private Map<String, String> types = Map.of();

        @Option(
                names = "--tolerance",
                split = ",",
                paramLabel = "[COLUMN=]N",
                description = "0.01, 1e-9 relative or 1%%; of one column or of all numbers")
        private List<String> tolerances = List.of();
    }

    static final class SideOptions {
        @Option(names = "--left-query", paramLabel = "SQL", description = "what a database is asked")
        private @Nullable String leftQuery;

        @Option(names = "--right-query", paramLabel = "SQL", description = "the same")
        private @Nullable String rightQuery;

        @Option(names = "--left-where", paramLabel = "SQL", description = "only these rows, in DuckDB's SQL")
        private @Nullable String leftWhere;

        @Option(names = "--right-where", paramLabel = "SQL", description = "the same")
        private @Nullable String rightWhere;

        @Option(names = "--whole", description = "read all rows of two databases, also where their checksums are equal")
        private boolean whole;

        @Option(
                names = "--zone",
                split = ",",
                paramLabel = "SIDE=ZONE",
                description = "what times without a zone are in, as right=Asia/Kolkata (default: UTC)")
        private Map<String, String> zones = Map.of();
    }

    static final class AnswerOptions {
        @Option(
                names = "--time",
                paramLabel = "COLUMN",
                description = "group differences by this time (default: the key's)")
        private @Nullable String time;

        @Option(names = "--again", paramLabel = "TIME", description = "read differing rows once more after, e.g., 60s")
        private @Nullable String again;

        @Option(names = "--samples", paramLabel = "N", description = "rows that are shown of each kind (default: 5)")
        private int samples = 5;

        @Option(names = "--no-pattern", description = "do not look for the pattern behind the differences")
        private boolean withoutPattern;

        @Option(
                names = "--memory",
                paramLabel = "MB",
                description = "what is held in memory; the rest goes to disk (default: 600)")
        private int megabytes = DiffRun.MEGABYTES;

        @Option(names = "--out", paramLabel = "DIR", description = "the report's folder (default: comparison/diff)")
        private Path out = DiffRun.FOLDER;
    }

    @Override
    public Exit run(Shell shell) throws InterruptedException {
        return new DiffRun(shell, answer.out, answer.megabytes).run(file(shell), extent());
    }

    private DiffFile file(Shell shell) {
        var file = shell.surroundings().directory().resolve(left);
        if (right != null) {
            return asked(left, right);
        }
        if (DiffFile.is(file)) {
            return DiffFile.read(file, left);
        }
        throw new CommandException(
                Exit.USAGE,
                "Cannot compare '%s' alone: it is no diff.yaml; give a second table, or a file that begins with 'diff: NAME'"
                        .formatted(left));
    }

    private DiffFile asked(String leftAddress, String rightAddress) {
        return new DiffFile(
                "diff",
                new SideSettings(
                        leftAddress,
                        Optional.ofNullable(sides.leftQuery),
                        Optional.ofNullable(sides.leftWhere),
                        zone("left")),
                new SideSettings(
                        rightAddress,
                        Optional.ofNullable(sides.rightQuery),
                        Optional.ofNullable(sides.rightWhere),
                        zone("right")),
                key,
                new Choice(
                        columns.only,
                        columns.ignored,
                        columns.renames,
                        read(columns.types, "--type", Wanted::read, "number, text, time or date"),
                        read(ofColumns(), "--tolerance", Tolerance::read, "0.01, 1e-9 relative or 1%"),
                        everywhere()),
                Optional.ofNullable(answer.time),
                Optional.empty());
    }

    private Question.Extent extent() {
        var again = Optional.ofNullable(answer.again)
                .map(text -> Durations.read(text).orElseThrow(() -> unreadable("--again", text, "60s")));
        return new Question.Extent(
                answer.samples,
                again,
                answer.withoutPattern ? Question.Patterns.LEFT_OUT : Question.Patterns.SEARCHED,
                sides.whole ? Question.Reach.ALL : Question.Reach.SEGMENTS);
    }

    private Optional<ZoneId> zone(String side) {
        var unknown = sides.zones.keySet().stream()
                .filter(it -> !it.equals("left") && !it.equals("right"))
                .findFirst();
        if (unknown.isPresent()) {
            throw unreadable("--zone", unknown.get(), "right=Asia/Kolkata");
        }
        try {
            return Optional.ofNullable(sides.zones.get(side)).map(ZoneId::of);
        } catch (DateTimeException e) {
            throw unreadable("--zone", String.valueOf(sides.zones.get(side)), "right=Asia/Kolkata");
        }
    }

    private Map<String, String> ofColumns() {
        var map = new LinkedHashMap<String, String>();
        columns.tolerances.stream().filter(it -> it.contains("=")).forEach(it -> {
            int sign = it.lastIndexOf('=');
            map.put(it.substring(0, sign), it.substring(sign + 1));
        });
        return map;
    }

    private Optional<Tolerance> everywhere() {
        return columns.tolerances.stream()
                .filter(it -> !it.contains("="))
                .reduce((first, second) -> second)
                .map(text -> Tolerance.read(text)
                        .orElseThrow(() -> unreadable("--tolerance", text, "0.01, 1e-9 relative or 1%")));
    }

    private static <T> Map<String, T> read(
            Map<String, String> texts, String option, Function<String, Optional<T>> reader, String example) {
        var read = new LinkedHashMap<String, T>();
        texts.forEach((column, text) ->
                read.put(column, reader.apply(text).orElseThrow(() -> unreadable(option, text, example))));
        return read;
    }

    private static CommandException unreadable(String option, String text, String example) {
        return new CommandException(
                Exit.USAGE,
                "Cannot read %s '%s': it is not what it takes; write e.g. %s".formatted(option, text, example));
    }
}
