package dev.tandem.diff;

import dev.tandem.diff.DiffFile.SideSettings;
import dev.tandem.diff.table.Tolerance;
import dev.tandem.model.Measure;
import dev.tandem.model.Pipeline;
import dev.tandem.model.View;
import dev.tandem.model.reading.DefinitionReader;
import dev.tandem.model.reading.Problems;
import dev.tandem.model.reading.YamlMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The {@code attach} of a definition: for each view the tables of other jobs that claim to hold it. */
public record AttachFile(List<Attached> views) {
    public static final String KEY = "attach";

    public AttachFile {
        views = List.copyOf(views);
    }

    /**
     * A table of another job.
     *
     * @param columns what the table calls a column, by the view's name of it
     */
    public record Foreign(SideSettings wish, Map<String, String> columns) {
        public Foreign {
            columns = Map.copyOf(columns);
        }
    }

    /**
     * A view and the tables that claim to hold it; at least one of them is there.
     *
     * @param tolerances what still counts as equal, by column
     * @param everywhere the tolerance of numbers that have none of their own
     * @param ignored measures that are not compared
     */
    public record Attached(
            String view,
            Optional<Foreign> stream,
            Optional<Foreign> batch,
            Map<String, Tolerance> tolerances,
            Optional<Tolerance> everywhere,
            List<String> ignored) {
        public Attached {
            tolerances = Map.copyOf(tolerances);
            ignored = List.copyOf(ignored);
        }

        public Optional<Tolerance> tolerance(String column) {
            return Optional.ofNullable(tolerances.get(column)).or(() -> everywhere);
        }
    }

    /**
     * Reads the section out of {@code file}, in which the definition of {@code pipeline} stands.
     *
     * @param shown the name that messages use for the file
     * @throws dev.tandem.model.DefinitionException with everything that is wrong with it
     */
    public static AttachFile read(Path file, String shown, Optional<String> profile, Pipeline pipeline) {
        return DefinitionReader.section(
                new DefinitionReader.Section(file, shown, profile, KEY),
                (map, problems) -> new Reading(pipeline, problems).read(map));
    }

    private record Reading(Pipeline pipeline, Problems problems) {
        AttachFile read(YamlMap map) {
            var views = new ArrayList<Attached>();
            for (var name : map.keys()) {
                map.map(name).ifPresent(view -> {
                    check(name, map);
                    views.add(view(name, view));
                });
            }
            if (map.keys().isEmpty()) {
                problems.add(
                        map.place(),
                        "'attach' names no view",
                        "add e.g. 'per_hour: { stream: dashboard.csv, batch: nightly.csv }'");
            }
            return new AttachFile(views);
        }

        private void check(String name, YamlMap map) {
            var view = pipeline.view(name);
            if (view.isEmpty()) {
                problems.add(
                        map.placeOfKey(name),
                        "there is no view '%s'".formatted(name),
                        Problems.hint(
                                name, pipeline.views().stream().map(View::name).toList()));
            }
            var grouped = view.flatMap(View::asGrouped);
            if (view.isPresent()
                    && grouped.filter(it -> !it.window().isSession()).isEmpty()) {
                problems.add(
                        map.placeOfKey(name),
                        "'%s' cannot be attached: %s"
                                .formatted(
                                        name,
                                        grouped.isPresent()
                                                ? "its windows are sessions, which depend on every other record of the key"
                                                : "it ranks another view"),
                        grouped.isPresent() ? "attach a view with fixed windows" : "attach the view that it ranks");
            }
            grouped.flatMap(it -> it.measures().stream()
                            .filter(measure -> measure.kind().isApproximate())
                            .findFirst())
                    .ifPresent(measure -> sketch(measure, map, name));
        }

        private void sketch(Measure measure, YamlMap map, String name) {
            problems.add(
                    map.placeOfKey(name),
                    "'%s' of '%s' is counted approximately, and no two engines' estimates are equal"
                            .formatted(measure.name(), name),
                    "use distinct, or leave the measure out of the view");
        }

        private Attached view(String name, YamlMap map) {
            var columns = DiffFile.byColumn(map, "columns", Optional::of, problems);
            var stream = foreign(map, "stream", columns);
            var batch = foreign(map, "batch", columns);
            if (stream.isEmpty() && batch.isEmpty()) {
                problems.add(
                        map.place(),
                        "'%s' names no table".formatted(name),
                        "add 'stream: dashboard.csv', 'batch: nightly.csv', or both");
            }
            boolean one = map.isText("tolerance");
            var attached = new Attached(
                    name,
                    stream,
                    batch,
                    one ? Map.of() : DiffFile.byColumn(map, "tolerance", Tolerance::read, problems),
                    one
                            ? map.converted(
                                    "tolerance",
                                    Tolerance::read,
                                    "is not a tolerance",
                                    "write e.g. 0.01, 1e-9 relative or 1%")
                            : Optional.empty(),
                    map.oneOrMore("ignore"));
            map.refuseOthers();
            return attached;
        }

        private Optional<Foreign> foreign(YamlMap map, String side, Map<String, String> columns) {
            if (map.isText(side)) {
                return map.filledText(side, "lake/*.parquet")
                        .map(address -> new Foreign(
                                new SideSettings(address, Optional.empty(), Optional.empty(), Optional.empty()),
                                columns));
            }
            return map.map(side).map(its -> {
                var all = new LinkedHashMap<>(columns);
                all.putAll(DiffFile.byColumn(its, "columns", Optional::of, problems));
                var read = new Foreign(DiffFile.wish(its), all);
                its.refuseOthers();
                return read;
            });
        }
    }
}
