package dev.tandem.model;

import java.net.URI;
import java.util.List;

/**
 * A public feed that is written into the source's topic before anything else reads it, because a feed that is not kept cannot be
 * counted twice.
 *
 * @param kind whose protocol it speaks, such as {@code coinbase}
 * @param required the fields that a message must have to be kept
 */
public record Capture(String kind, URI url, String channel, List<String> products, List<String> required) {
    public Capture {
        products = List.copyOf(products);
        required = List.copyOf(required);
    }
}
