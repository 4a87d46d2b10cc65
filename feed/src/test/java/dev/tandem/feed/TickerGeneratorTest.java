package dev.tandem.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TickerGeneratorTest {

    private static final List<JsonNode> TRADES = Models.messages(Models.clean("ticker", 42, 20_000));

    @Test
    void hasTheFieldsOfARealMessage() throws IOException {
        var real = new ObjectMapper()
                .readTree(RealData.file("bitcoin/coinbase-frames/ticker-BTC-USD.json")
                        .toFile());

        assertThat(kinds(TRADES.get(0))).isEqualTo(kinds(real));
        assertThat(TRADES.get(0).get("time").asText())
                .hasSameSizeAs(real.get("time").asText());
    }

    private static Map<String, String> kinds(JsonNode message) {
        var kinds = new TreeMap<String, String>();
        message.properties()
                .forEach(field ->
                        kinds.put(field.getKey(), field.getValue().getNodeType().name()));
        return kinds;
    }

    @Test
    void countsTradesWithoutAGapAndMessagesUpwards() {
        assertThat(IntStream.range(1, TRADES.size())).allSatisfy(at -> {
            assertThat(number(at, "trade_id")).isEqualTo(number(at - 1, "trade_id") + 1);
            assertThat(number(at, "sequence")).isGreaterThan(number(at - 1, "sequence"));
        });
    }

    private long number(int at, String field) {
        return TRADES.get(at).get(field).asLong();
    }

    @Test
    void tradesAtTheAskWhereTheTakerBuys() {
        assertThat(TRADES).allSatisfy(trade -> {
            var side = trade.get("side").asText();
            assertThat(decimal(trade, "price")).isEqualTo(decimal(trade, side.equals("buy") ? "best_ask" : "best_bid"));
            assertThat(decimal(trade, "best_bid")).isLessThan(decimal(trade, "best_ask"));
            assertThat(decimal(trade, "last_size")).isBetween(new BigDecimal("0.00001"), new BigDecimal("2"));
        });
    }

    @Test
    void walksInSmallStepsAroundItsBase() {
        var prices = TRADES.stream()
                .mapToDouble(trade -> trade.get("price").asDouble())
                .toArray();
        var steps = IntStream.range(1, prices.length).mapToDouble(at -> Math.abs(prices[at] - prices[at - 1]));
        var spread =
                IntStream.range(0, prices.length).mapToDouble(at -> prices[at]).summaryStatistics();

        assertThat(steps.max().orElseThrow()).isBetween(1.0, 60.0);
        assertThat(spread.getMin()).isGreaterThan(55_000);
        assertThat(spread.getMax()).isLessThan(65_000);
        assertThat(spread.getMax() - spread.getMin()).isGreaterThan(100);
    }

    @Test
    void hasMinutesOfBuyersAndMinutesOfSellers() {
        var buys = IntStream.range(0, TRADES.size() / 600)
                .mapToLong(at -> TRADES.subList(at * 600, at * 600 + 60).stream()
                        .filter(trade -> trade.get("side").asText().equals("buy"))
                        .count())
                .summaryStatistics();

        assertThat(buys.getMin()).isLessThan(27);
        assertThat(buys.getMax()).isGreaterThan(33);
    }

    private static BigDecimal decimal(JsonNode trade, String field) {
        return new BigDecimal(trade.get(field).textValue());
    }
}
