package dev.tandem.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoldenModelsTest {

    @ParameterizedTest
    @CsvSource({
        "orders, JSON", "ticker, JSON", "clickstream, JSON", "shop_funnel, JSON",
        "orders, CSV", "ticker, CSV", "clickstream, CSV", "shop_funnel, CSV"
    })
    void makesTheEventsThatItMadeBefore(String model, MessageForm form) throws IOException {
        var feed = Generators.feed(Models.clean(model, 42, 5).withForm(form));
        var header = feed.columns().isEmpty() ? Stream.<String>empty() : Stream.of(String.join(",", feed.columns()));
        var first = Stream.concat(header, Made.records(feed).stream().map(Made::text))
                .toList();
        var ending = form == MessageForm.CSV ? "csv" : "jsonl";
        var golden = Path.of("src/test/resources/first-%s-of-seed-42.%s".formatted(model, ending));

        if (Boolean.getBoolean("golden.renew")) {
            Files.write(golden, first);
        }
        assertThat(first).isEqualTo(Files.readAllLines(golden));
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "ticker", "clickstream", "shop_funnel"})
    void saysTheSameInARowAndInAMessage(String model) {
        var generation = Models.clean(model, 7, 300);
        var rows = Made.records(Generators.feed(generation.withForm(MessageForm.CSV)));

        assertThat(rows)
                .zipSatisfy(
                        Models.messages(generation),
                        (row, message) -> assertThat(Models.cells(row))
                                .isEqualTo(message.properties().stream()
                                        .map(field -> field.getValue().asText())
                                        .collect(Collectors.toList())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ticker", "clickstream", "shop_funnel"})
    void makesAnEventWhateverWasAskedBefore(String model) {
        var longer = Made.records(Generators.feed(Models.clean(model, 7, 700)));
        var other = Made.records(Generators.feed(Models.clean(model, 7, 650)));

        assertThat(longer.subList(0, 650).stream().map(Made::text))
                .containsExactlyElementsOf(other.stream().map(Made::text).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "ticker", "clickstream", "shop_funnel"})
    void makesOtherEventsForAnotherSeed(String model) {
        assertThat(texts(model, 7)).isNotEqualTo(texts(model, 8)).hasSize(50);
    }

    private static List<String> texts(String model, long seed) {
        return Made.records(Generators.feed(Models.clean(model, seed, 50))).stream()
                .map(Made::text)
                .toList();
    }
}
