package dev.tandem.page;

import io.javalin.config.RoutesConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The files of the page, read once. They are a list and not a folder: no path of a request ever becomes one of a file. */
final class Bundle {
    private record Part(String path, String resource, String type) {}

    private static final List<Part> PARTS = List.of(
            new Part("/", "index.html", "text/html; charset=utf-8"),
            new Part("/why", "index.html", "text/html; charset=utf-8"),
            new Part("/trace", "index.html", "text/html; charset=utf-8"),
            new Part("/app.js", "app.js", "text/javascript; charset=utf-8"),
            new Part("/app.css", "app.css", "text/css; charset=utf-8"),
            new Part("/icon.svg", "icon.svg", "image/svg+xml"),
            new Part("/third-party.txt", "third-party.txt", "text/plain; charset=utf-8"));

    void addTo(RoutesConfig routes) {
        for (var part : PARTS) {
            var bytes = bytes(part);
            routes.get(part.path(), context -> context.contentType(part.type()).result(bytes));
        }
    }

    private static byte[] bytes(Part part) {
        try (var stream = Bundle.class.getResourceAsStream(part.resource())) {
            if (stream == null) {
                throw new IllegalStateException(
                        "Cannot find %s of the page; build it with 'npm ci && npm run build' in page/web"
                                .formatted(part.resource()));
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + part.resource(), e);
        }
    }
}
