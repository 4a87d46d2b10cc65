package dev.tandem.feed.capture;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * What to capture and from where.
 *
 * @param required fields without which a message is refused
 * @param silence how long no frame may come before the connection counts as lost; heartbeats come every second
 * @param clock tells the times of the report
 */
public record CaptureSettings(
        URI url, Set<String> products, List<String> required, Duration silence, Backoff backoff, Clock clock) {

    private static final URI COINBASE = URI.create("wss://ws-feed.exchange.coinbase.com");
    private static final List<String> REQUIRED =
            List.of("price", "best_bid", "best_ask", "side", "time", "trade_id", "last_size");

    public CaptureSettings {
        products = Set.copyOf(products);
        required = List.copyOf(required);
        if (products.isEmpty()) {
            throw new IllegalArgumentException(
                    "Cannot capture nothing: the list of products is empty; name one such as BTC-USD");
        }
        if (silence.isNegative() || silence.isZero()) {
            throw new IllegalArgumentException(
                    "Cannot wait %s for a frame: the time is not above 0; give some seconds".formatted(silence));
        }
    }

    /** Coinbase's public feed, lost after ten seconds of silence. */
    public static CaptureSettings coinbase(Set<String> products) {
        return new CaptureSettings(
                COINBASE, products, REQUIRED, Duration.ofSeconds(10), Backoff.usual(), Clock.systemUTC());
    }

    public CaptureSettings withUrl(URI other) {
        return new CaptureSettings(other, products, required, silence, backoff, clock);
    }

    public CaptureSettings withSilence(Duration other) {
        return new CaptureSettings(url, products, required, other, backoff, clock);
    }

    public CaptureSettings withBackoff(Backoff other) {
        return new CaptureSettings(url, products, required, silence, other, clock);
    }

    public CaptureSettings withRequired(List<String> others) {
        return new CaptureSettings(url, products, others, silence, backoff, clock);
    }
}
