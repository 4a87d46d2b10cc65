package dev.tandem.page;

import io.javalin.http.Context;
import java.util.Map;

/** The headers of every response, so that a browser loads nothing from elsewhere and runs nothing that is in a record. */
final class Headers {
    private static final Map<String, String> ALL = Map.of(
            "Content-Security-Policy",
            "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    private Headers() {}

    static void set(Context context) {
        ALL.forEach(context::header);
    }
}
