package dev.tandem.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What verbs take from {@code .env}, from profiles, and what they answer to programs. */
class EnvironmentVerbsTest {
    private static final String SECRET = "canary-7f3a";

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void aDefinition() throws IOException {
        write("pipelines/shop/pipeline.yaml", """
                pipeline: shop
                about: Orders per hour
                time: { event: at }
                source: { kafka: orders, format: json, land: { table: order_raw, in: postgres } }
                schema: id STRING, at TIMESTAMP
                steps:
                  - watermark: { delay: 1 minute }
                views:
                  totals: { window: { tumbling: 1 hour }, measures: { n: count(*) } }
                outputs:
                  - { view: totals, table: "${mode}_totals", in: postgres }
                batch: { schedule: { cron: "55 23 * * *", zone: Asia/Kolkata } }
                """);
    }

    private void write(String path, String text) throws IOException {
        var file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private TandemCommand tandem(String... words) {
        return TandemCommand.run(folder, words);
    }

    private static JsonNode json(TandemCommand done) throws JsonProcessingException {
        return new ObjectMapper().readTree(done.out());
    }

    @Nested
    class TheDoctor {
        @Test
        void tellsWhereAGivenDatabaseComesFromAndNeverItsPassword() throws IOException {
            write(".env", "POSTGRES_HOST=127.0.0.1\nPOSTGRES_PORT=1\nPOSTGRES_PASSWORD=%s\n".formatted(SECRET));
            var done = tandem("doctor", "shop", "--verbose");
            assertThat(done.code()).isEqualTo(4);
            assertThat(done.out())
                    .contains("✖ postgres               postgres://postgres@127.0.0.1:1/postgres does not answer")
                    .contains("(POSTGRES_HOST in .env)");
            assertThat(done.out()
                            + done.err()
                            + tandem("doctor", "shop", "--json").out())
                    .doesNotContain(SECRET);
        }

        @Test
        void leavesAloneAServerThatNoPipelineNames() throws IOException {
            write(".env", "MYSQL_HOST=127.0.0.1\nMYSQL_PORT=1\n");
            assertThat(tandem("doctor", "shop").out())
                    .contains("✔ mysql                  mysql://root@127.0.0.1:1/root is not tried");
        }

        @Test
        void tellsOfVariablesThatChangeNothing() throws IOException {
            write("pipelines/shop/.env", "POSTGRES_USER=admin\n");
            assertThat(tandem("doctor", "shop").out())
                    .contains("▲ environment            POSTGRES_USER in pipelines/shop/.env has no effect");
        }

        @Test
        void findsNothingWrongWithAPipelineThatWasNeverUp() {
            assertThat(tandem("doctor", "shop").out()).doesNotContain("✖");
        }
    }

    @Test
    void aMistakeInTheEnvironmentIsToldWithItsPlace() throws IOException {
        write(".env", "\n%s\n".formatted(SECRET));
        var done = tandem("doctor", "shop");
        assertThat(done.code()).isEqualTo(3);
        assertThat(done.err())
                .startsWith("error  Cannot read .env:2: the line is not KEY=VALUE")
                .doesNotContain(SECRET);
    }

    @Nested
    class AProfile {
        @Test
        void thatADefinitionDoesNotHaveIsRefused() {
            var done = tandem("check", "shop", "--profile", "staging");
            assertThat(done.code()).isEqualTo(3);
            assertThat(done.err()).contains("staging");
        }

        @Test
        void isAlsoTakenFromTheEnvironment() throws IOException {
            write(".env", "TANDEM_PROFILE=staging\n");
            assertThat(tandem("schedule", "shop", "--next", "1").err()).contains("staging");
        }
    }

    @Nested
    class AsJson {
        @Test
        void theScheduleHasItsLineAndItsTimes() throws IOException {
            var answer = json(tandem("schedule", "shop", "--next", "2", "--json"));
            assertThat(answer.path("cron").asText()).isEqualTo("55 23 * * *");
            assertThat(answer.path("zone").asText()).isEqualTo("Asia/Kolkata");
            assertThat(answer.path("next")).hasSize(2);
        }

        @Test
        void downTellsWhatItStopped() throws IOException {
            var answer = json(tandem("down", "--json"));
            assertThat(answer.path("schema_version").asInt()).isEqualTo(1);
            assertThat(answer.path("stopped")).isEmpty();
        }
    }

    @Test
    void aScheduleRunsOnceOrIsToldAndNotBoth() {
        var done = tandem("schedule", "shop", "--once", "--next", "3");
        assertThat(done.code()).isEqualTo(2);
        assertThat(done.err()).contains("leave out --once or --next");
    }

    @Test
    void aSingleRunWithoutServersSaysWhichVerbStartsThem() {
        var done = tandem("schedule", "shop", "--once");
        assertThat(done.code()).isEqualTo(4);
        assertThat(done.err()).contains("its kafka is not running; start it with ./tandem up shop");
    }
}
