package dev.tandem.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Dedup;
import dev.tandem.model.Mode;
import dev.tandem.model.Output;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Source;
import dev.tandem.model.Window;
import dev.tandem.model.reading.DefinitionReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * docs/reference-systems.md keeps its word: each row of the five systems stands there once, and the tests that a row names are there
 * and named after it. Rows that no running pipeline can show, such as the licence, are tested here themselves.
 */
class ReferenceSystemsTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().resolveSibling("");
    private static final List<Integer> ROWS_OF_SYSTEMS = List.of(21, 33, 9, 12, 14);
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (S\\d-\\d\\d) \\| (.*?) \\| (.*?) \\|");
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*)(?:#(\\w+))?`");
    private static final Pattern MEMBER = Pattern.compile("(?:void|class|[>\\]]) (\\w*S\\d_\\d\\d\\w*)");
    private static final Pattern ID = Pattern.compile("S\\d_\\d\\d(?!\\d)");

    /** One row of the document; {@code tests} is the cell as it stands. */
    private record Row(String id, String tests) {
        String inNames() {
            return id.replace('-', '_');
        }

        boolean namesTests() {
            return NAMED.matcher(tests).find();
        }

        /** Everything that is wrong with the tests that it names. */
        Stream<String> faults(Sources sources) {
            return NAMED.matcher(tests).results().flatMap(named -> fault(named.group(1), named.group(2), sources));
        }

        private Stream<String> fault(String type, String member, Sources sources) {
            if (!sources.classes().contains(type)) {
                return Stream.of("%s names %s, which is not there yet%s".formatted(id, type, elsewhere(sources)));
            }
            var members = sources.members(type, inNames());
            if (members.isEmpty()) {
                return Stream.of("%s names %s, which has no test with %s in its name%s"
                        .formatted(id, type, inNames(), elsewhere(sources)));
            }
            return member == null || members.contains(member)
                    ? Stream.empty()
                    : Stream.of("%s names %s#%s; of %s there are %s".formatted(id, type, member, type, members));
        }

        private String elsewhere(Sources sources) {
            var others = sources.classesTesting(inNames());
            return others.isEmpty() ? "" : "; of that name there are tests in " + String.join(", ", others);
        }
    }

    /** The test sources of all modules: every class, and the members named after rows by class. */
    private record Sources(Set<String> classes, Map<String, List<String>> members) {
        List<String> members(String type, String id) {
            return members.getOrDefault(type, List.of()).stream()
                    .filter(member -> ids(member).contains(id))
                    .toList();
        }

        Set<String> classesTesting(String id) {
            return members.keySet().stream()
                    .filter(type -> !members(type, id).isEmpty())
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        Set<String> ids() {
            return members.values().stream()
                    .flatMap(List::stream)
                    .flatMap(member -> ids(member).stream())
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        private static Set<String> ids(String member) {
            return ID.matcher(member).results().map(found -> found.group()).collect(Collectors.toSet());
        }
    }

    private static String text(String file) throws IOException {
        return Files.readString(ROOT.resolve(file));
    }

    private static List<Row> rows() throws IOException {
        return ROW.matcher(text("docs/reference-systems.md"))
                .results()
                .map(found -> new Row(found.group(1), found.group(3)))
                .toList();
    }

    private static List<String> idsOfSystems() {
        return IntStream.range(0, ROWS_OF_SYSTEMS.size())
                .boxed()
                .flatMap(system -> IntStream.rangeClosed(1, ROWS_OF_SYSTEMS.get(system))
                        .mapToObj(number -> "S%d-%02d".formatted(system, number)))
                .toList();
    }

    private static Sources sources() throws IOException {
        var classes = new TreeSet<String>();
        var members = new TreeMap<String, List<String>>();
        for (var file : testSources()) {
            var type = file.getFileName().toString().replace(".java", "");
            classes.add(type);
            var named = MEMBER.matcher(Files.readString(file))
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            members.computeIfAbsent(type, name -> new ArrayList<>()).addAll(named);
        }
        return new Sources(classes, members);
    }

    private static List<Path> testSources() throws IOException {
        var all = new ArrayList<Path>();
        try (var modules = Files.list(ROOT)) {
            for (var folder : modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .toList()) {
                try (var files = Files.walk(folder)) {
                    all.addAll(files.filter(file -> file.toString().endsWith(".java"))
                            .toList());
                }
            }
        }
        return all;
    }

    @Nested
    class TheDocument {
        @Test
        void hasEachRowOfTheSystemsOnceAndInOrder() throws IOException {
            assertThat(rows().stream().map(Row::id)).containsExactlyElementsOf(idsOfSystems());
        }

        @Test
        void namesTestsThatAreThereAndNamedAfterTheirRow() throws IOException {
            var sources = sources();
            var faults = rows().stream().flatMap(row -> row.faults(sources)).toList();
            assertThat(faults).isEmpty();
        }

        @Test
        void saysOfARowWithoutTestsWhy() throws IOException {
            assertThat(rows())
                    .filteredOn(row -> !row.namesTests())
                    .allSatisfy(row -> assertThat(row.tests()).as(row.id()).matches("\\*none\\*: .{20,}"));
        }

        @Test
        void leavesNoRowWithoutItsTests() throws IOException {
            var ids = sources().ids();
            assertThat(rows())
                    .filteredOn(row -> !row.namesTests() && ids.contains(row.inNames()))
                    .isEmpty();
        }

        @Test
        void hasARowForEveryTestNamedAfterOne() throws IOException {
            assertThat(sources().ids())
                    .isSubsetOf(idsOfSystems().stream()
                            .map(id -> id.replace('-', '_'))
                            .toList());
        }
    }

    private static Pipeline pipeline(String name, Optional<String> profile) {
        var folder = "pipelines/" + name;
        return DefinitionReader.read(ROOT.resolve(folder).resolve("pipeline.yaml"), folder, profile);
    }

    private static Stream<String> outputs(Pipeline pipeline, Class<? extends Output> kind) {
        return pipeline.outputs().stream()
                .filter(kind::isInstance)
                .map(output -> output.what().name())
                .distinct();
    }

    @Nested
    class TheTweets {
        @Test
        void S0_17_needNeitherDockerNorPythonNorMuchMemory() throws IOException {
            assertThat(text("tandem"))
                    .doesNotContainIgnoringCase("docker", "python")
                    .contains("from 512 to 2048 MB");
        }

        @Test
        void S0_21_areUnderAnOpenLicence() throws IOException {
            assertThat(text("LICENSE")).contains("Apache License", "Version 2.0");
        }
    }

    @Nested
    class TheOrders {
        @Test
        void S1_18_areRememberedHalfAnHourAndCountedInWindowsOfTenMinutes() {
            var orders = pipeline("orders", Optional.empty());

            assertThat(orders.watermark().delay()).isEqualTo(Duration.ofMinutes(30));
            assertThat(orders.dedup()).get().extracting(Dedup::within).isEqualTo(Duration.ofMinutes(30));
            assertThat(orders.grouped().get(0).window()).isEqualTo(new Window.Tumbling(Duration.ofMinutes(10)));
        }

        @Test
        void S1_29_haveOneSchemaAndOneChainOfStepsForEachSource() {
            var files = pipeline("orders", Optional.empty());
            var kafka = pipeline("orders", Optional.of("kafka"));

            assertThat(files.source()).isInstanceOf(Source.Files.class);
            assertThat(kafka.source()).isInstanceOf(Source.Kafka.class);
            assertThat(List.of(kafka.schema(), kafka.steps(), kafka.views()))
                    .isEqualTo(List.of(files.schema(), files.steps(), files.views()));
        }

        @Test
        void S1_33_haveTheEarlyAnswerAndTheExactOneSideBySide() {
            var orders = pipeline("orders", Optional.empty());

            for (var view : orders.views()) {
                assertThat(orders.tables())
                        .filteredOn(table -> table.what().name().equals(view.name()))
                        .as(view.name())
                        .anyMatch(table -> table.writes(Mode.STREAM))
                        .anyMatch(table -> table.writes(Mode.BATCH));
            }
        }

        @Test
        void S1_30_runOnJava17() throws IOException {
            assertThat(text("pom.xml")).contains("<maven.compiler.release>17</maven.compiler.release>");
        }
    }

    @Nested
    class TheTicker {
        /** As a primary key does. */
        @Test
        void S2_04_neverTakesATradeTwice() {
            var dedup = pipeline("bitcoin", Optional.empty()).dedup();

            assertThat(dedup).contains(new Dedup(List.of("trade_id"), Dedup.FOREVER));
        }

        @Test
        void S2_09_isOneDefinitionOfFeedTableStreamAndBatch() {
            var bitcoin = pipeline("bitcoin", Optional.empty());
            var source = (Source.Kafka) bitcoin.source();

            assertThat(source.fed()).isEqualTo("raw_prices");
            assertThat(source.capture()).isPresent();
            assertThat(source.landing())
                    .isInstanceOfSatisfying(
                            Source.Landing.Table.class,
                            it -> assertThat(it.table()).isEqualTo("btc_prices"));
            assertThat(outputs(bitcoin, Output.Csv.class)).containsExactly("minute_metrics", "overall");
            assertThat(bitcoin.batch().schedule()).isPresent();
        }
    }

    @Nested
    class TheActivity {
        @Test
        void S3_09_hasItsServerAndPasswordInVariablesAlone() throws IOException {
            assertThat(text(".env.example"))
                    .contains("POSTGRES_HOST", "POSTGRES_DB", "POSTGRES_USER", "POSTGRES_PASSWORD=\n");
            assertThat(text("pipelines/user_activity/pipeline.yaml")).doesNotContainIgnoringCase("password", "5432");
        }

        @Test
        void S3_11_storesTheTablesThatTheReferenceQueries() {
            var tables = pipeline("user_activity", Optional.empty()).tables().stream()
                    .map(output -> output.table(Mode.STREAM));

            assertThat(tables).contains("page_view_counts", "active_users", "user_sessions");
        }

        @Test
        void S3_12_isOneDefinitionOfTopicTablesLakeAndStream() {
            var activity = pipeline("user_activity", Optional.empty());

            assertThat(activity.generate()).isPresent();
            assertThat(outputs(activity, Output.Table.class))
                    .containsExactly("page_view_counts", "active_users", "user_sessions");
            assertThat(outputs(activity, Output.Lake.class)).containsExactly("events");
            assertThat(outputs(activity, Output.Topic.class)).containsExactly("events");
        }
    }
}
