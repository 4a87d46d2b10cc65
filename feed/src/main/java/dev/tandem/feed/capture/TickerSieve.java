package dev.tandem.feed.capture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Decides of each frame whether it is a new ticker message, and remembers what is missing. Knows nothing of connections. */
final class TickerSieve {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final CaptureSettings settings;
    private final Captured captured;
    private final Map<String, Seen> products = new HashMap<>();
    private final Map<String, Long> ignored = new TreeMap<>();
    private final Map<String, Long> refused = new TreeMap<>();
    private final List<CaptureReport.Jump> jumps = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private long received;
    private long kept;
    private long duplicates;
    private long unreadable;
    private long sequenceFalls;

    private static final class Seen {
        private final TradeIds ids = new TradeIds();
        private long sequence = -1;
        private long promised = -1;
    }

    TickerSieve(CaptureSettings settings, Captured captured) {
        this.settings = settings;
        this.captured = captured;
    }

    /** Takes one whole frame; answers with what an error frame says. */
    synchronized Optional<String> take(String frame) {
        received++;
        JsonNode json;
        try {
            json = JSON.readTree(frame);
        } catch (JsonProcessingException e) {
            unreadable++;
            return Optional.empty();
        }
        if (!json.isObject()) {
            unreadable++;
            return Optional.empty();
        }
        var type = json.path("type").asText("none");
        var product = json.path("product_id").asText();
        if (type.equals("ticker") && settings.products().contains(product)) {
            ticker(frame, json, product);
            return Optional.empty();
        }
        ignored.merge(type, 1L, Long::sum);
        if (type.equals("heartbeat") && settings.products().contains(product)) {
            seen(product).promised =
                    Math.max(seen(product).promised, json.path("last_trade_id").asLong(-1));
        }
        return type.equals("error") ? Optional.of(error(json)) : Optional.empty();
    }

    private void ticker(String frame, JsonNode json, String product) {
        var lacking = settings.required().stream()
                .filter(field -> !json.hasNonNull(field))
                .findFirst();
        var id = json.path("trade_id");
        if (lacking.isPresent() || !id.isIntegralNumber() || !id.canConvertToLong()) {
            refused.merge(lacking.orElse("trade_id"), 1L, Long::sum);
            return;
        }
        var seen = seen(product);
        var highest = seen.ids.isEmpty() ? id.longValue() : seen.ids.highest();
        if (!seen.ids.add(id.longValue())) {
            duplicates++;
            return;
        }
        kept++;
        follow(product, seen, highest, id.longValue(), json.path("sequence").asLong(-1));
        captured.take(product, id.longValue(), frame);
    }

    private void follow(String product, Seen seen, long highest, long id, long sequence) {
        if (id > highest + 1) {
            var missing = new MissingTrades(highest + 1, id - 1);
            jumps.add(new CaptureReport.Jump(
                    product, missing, seen.sequence, sequence, settings.clock().instant()));
        }
        if (sequence >= 0) {
            sequenceFalls += sequence <= seen.sequence ? 1 : 0;
            seen.sequence = Math.max(seen.sequence, sequence);
        }
    }

    private String error(JsonNode json) {
        var told = json.path("message").asText("error") + ": "
                + json.path("reason").asText("no reason given");
        errors.add(told);
        return told;
    }

    private Seen seen(String product) {
        return products.computeIfAbsent(product, name -> new Seen());
    }

    /** Everything but the interruptions, as it is now. */
    synchronized CaptureReport report(List<CaptureReport.Interruption> interruptions) {
        var missing = new TreeMap<String, List<MissingTrades>>();
        products.forEach((product, seen) -> missing.put(product, seen.ids.missing(seen.promised)));
        return new CaptureReport(
                received,
                kept,
                duplicates,
                unreadable,
                ignored,
                refused,
                missing,
                jumps,
                sequenceFalls,
                errors,
                interruptions);
    }
}
