package dev.tandem.page;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides whether a request comes from the page itself. A browser lets any page of the web send requests to this machine, and a
 * name that its owner points at 127.0.0.1 makes them look like our own; so names, origins and purposes are checked, not addresses.
 */
final class Guard {
    private static final Set<String> OWN_NAMES = Set.of("127.0.0.1", "localhost", "[::1]");
    /** What a link may open. */
    private static final Set<String> PAGES = Set.of("/", "/why", "/trace");

    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private final Set<String> names;
    private final String scheme;
    private final Optional<AccessToken> token;

    Guard(Exposure exposure) {
        this.names = Stream.concat(OWN_NAMES.stream(), exposure.names().stream())
                .map(it -> it.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        this.scheme = exposure.encryption().isPresent() ? "https" : "http";
        this.token = exposure.token();
    }

    /** What a request says of itself; {@code port} is the one it came in by. */
    record Request(
            String method,
            String path,
            int port,
            Optional<String> host,
            Optional<String> origin,
            Optional<String> site,
            Optional<String> purpose,
            Optional<String> authorization) {}

    /** A request that is not answered. */
    record Refusal(int status, String reason) {}

    Optional<Refusal> refusal(Request request) {
        if (request.host().isEmpty() || !isOwn(request.host().get(), request.port())) {
            return refused("The page does not answer to this name; open it as http://127.0.0.1:" + request.port());
        }
        if (request.origin().isPresent() && !isOwnOrigin(request.origin().get(), request)) {
            return refused("The page does not answer other sites");
        }
        if (request.site().filter(it -> !OWN_SITES.contains(it)).isPresent() && !opensThePage(request)) {
            return refused("The page does not answer other sites");
        }
        if (!Set.of("GET", "HEAD").contains(request.method())) {
            return refused("The page only shows; it takes no orders");
        }
        if (tells(request.path()) && token.isPresent() && !isGiven(request, token.get())) {
            return Optional.of(new Refusal(401, "This page asks for its token"));
        }
        return Optional.empty();
    }

    /** The files of the page are everybody's; what it shows is not. */
    private static boolean tells(String path) {
        return path.startsWith("/api/") || path.startsWith("/metrics");
    }

    private static boolean isGiven(Request request, AccessToken token) {
        return request.authorization().filter(token::isIn).isPresent();
    }

    private static Optional<Refusal> refused(String reason) {
        return Optional.of(new Refusal(403, reason));
    }

    private boolean isOwn(String host, int port) {
        return names.stream().anyMatch(it -> host.toLowerCase(Locale.ROOT).equals(it + ":" + port));
    }

    private boolean isOwnOrigin(String origin, Request request) {
        return request.host()
                .filter(it -> origin.equalsIgnoreCase(scheme + "://" + it))
                .isPresent();
    }

    /** A link on another site may lead here: that opens the page and tells the other site nothing. */
    private static boolean opensThePage(Request request) {
        return request.method().equals("GET")
                && PAGES.contains(request.path())
                && request.purpose().filter("navigate"::equals).isPresent();
    }
}
