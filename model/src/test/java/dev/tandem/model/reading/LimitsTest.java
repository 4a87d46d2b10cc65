package dev.tandem.model.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Problem;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final String HEAD = """
            pipeline: many
            time: { event: at }
            source: { kafka: t }
            schema: id STRING, at TIMESTAMP
            outputs: [ { rows: events, lake: "data/${mode}" } ]
            """;
    private static final String VIEW = "views: { v: { measures: { n: count(*) } } }\n";

    private static String views(int count) {
        return "views:\n"
                + IntStream.range(0, count)
                        .mapToObj(it -> "  v%d: { by: [id], measures: { n: count(*) } }\n".formatted(it))
                        .collect(Collectors.joining());
    }

    private static String dimensions(int count) {
        return "dimensions:\n"
                + IntStream.range(0, count)
                        .mapToObj(it -> "  d%d: { csv: d.csv, key: id, schema: 'id STRING' }\n".formatted(it))
                        .collect(Collectors.joining());
    }

    @Test
    void aDefinitionMayHaveAsManyViewsAndDimensionsAsAByteCanNumber() {
        assertThat(Definitions.problemsOf(HEAD + views(127))).isEmpty();
        assertThat(Definitions.problemsOf(HEAD + dimensions(127) + VIEW)).isEmpty();
    }

    @Test
    void theFirstViewThatIsTooManyIsNamedWithItsLine() {
        assertThat(Definitions.problemsOf(HEAD + views(129))).singleElement().satisfies(problem -> {
            assertThat(problem.what()).isEqualTo("the definition has 129 views; it may have at most 127");
            assertThat(problem.place().line()).isEqualTo(5 + 1 + 128);
        });
    }

    @Test
    void theFirstDimensionThatIsTooManyIsNamed() {
        assertThat(Definitions.problemsOf(HEAD + dimensions(128) + VIEW))
                .extracting(Problem::what)
                .containsExactly("the definition has 128 dimensions; it may have at most 127");
    }
}
