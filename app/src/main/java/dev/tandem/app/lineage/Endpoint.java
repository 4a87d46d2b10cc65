package dev.tandem.app.lineage;

import java.net.URI;

/**
 * Where events go.
 *
 * @param url the address that events are posted to
 * @param key sent as a bearer token; empty for none
 * @param namespace of the jobs
 */
public record Endpoint(URI url, String key, String namespace) {
    /** Without the key. */
    @Override
    public String toString() {
        return url.toString();
    }
}
