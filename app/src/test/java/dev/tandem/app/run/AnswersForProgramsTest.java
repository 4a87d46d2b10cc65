package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.app.TandemCommand;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the running verbs answer with {@code --json}, one after the other on real servers. */
@ExtendWith(Bench.Giver.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AnswersForProgramsTest {
    private static Stage stage;

    @BeforeAll
    static void take(Bench bench) {
        stage = bench.stage("_json");
    }

    private static JsonNode answer(String verb, String... words) throws JsonProcessingException {
        var all = new ArrayList<>(List.of(verb, stage.name(), "--json", "--verbose"));
        all.addAll(List.of(words));
        var done = TandemCommand.run(stage.workspace().home(), all.toArray(String[]::new));
        assertThat(done.code()).as(done.err()).isZero();
        var answer = new ObjectMapper().readTree(done.out());
        assertThat(answer.path("schema_version").asInt()).isEqualTo(1);
        return answer;
    }

    @Test
    @Order(1)
    void upNamesTheServers() throws JsonProcessingException {
        assertThat(answer("up").path("services").findValuesAsText("name")).contains("kafka", "mariadb");
        assertThat(answer("up").path("services").findValuesAsText("from")).containsOnly("local");
    }

    @Test
    @Order(2)
    void generateCountsWhatItSent() throws JsonProcessingException {
        var answer = answer("generate", "--events", "300", "--fast");
        assertThat(answer.path("sent").asInt())
                .isPositive()
                .isEqualTo(answer.path("acked").asInt());
        assertThat(answer.path("failed").asInt()).isZero();
        assertThat(answer.path("per_second").asDouble()).isPositive();
    }

    @Test
    @Order(3)
    void streamTellsWhatItDid() throws JsonProcessingException {
        assertThat(answer("stream", "--drain", "--close").path("told").asText()).startsWith("drained: ");
    }

    @Test
    @Order(4)
    void aScheduleRunsOnceAndEnds() throws JsonProcessingException {
        assertThat(answer("schedule", "--once").path("seconds").asDouble()).isPositive();
        assertThat(stage.workspace().home().resolve("logs/schedule.log"))
                .content()
                .contains(stage.name() + " ", ": done in ");
    }

    @Test
    @Order(5)
    void exportHoldsTheRows() throws JsonProcessingException {
        var answer = answer("export", "window_totals");
        assertThat(answer.path("mode").asText()).isEqualTo("stream");
        assertThat(answer.path("rows")).isNotEmpty().allMatch(row -> row.has("window_start"));
    }
}
