package dev.tandem.page;

import dev.tandem.page.data.PageData;
import dev.tandem.page.data.Unanswerable;
import dev.tandem.page.data.Unavailable;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server of the page. It lives as long as a try block; closing it twice is fine. It only shows: no request changes anything. */
public final class LivePage implements AutoCloseable {
    static final String UNEXPECTED =
            "This could not be read, for a reason that nobody expected; the log of the page has it";
    private static final Logger LOG = LoggerFactory.getLogger(LivePage.class);
    private static final long LARGEST_BODY = 1 << 20;
    /** What stands for every address of the machine and is none that a browser can open. */
    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::", "[::]");

    /** Small: a page needs a handful, and each open one keeps none. */
    private static final int MOST_THREADS = 24;

    private final Javalin server;
    private final Pulses pulses;
    private final Exposure exposure;

    private LivePage(Javalin server, Pulses pulses, Exposure exposure) {
        this.server = server;
        this.pulses = pulses;
        this.exposure = exposure;
    }

    /**
     * Starts to answer.
     *
     * @throws PageException if the port is taken or the key store cannot be read
     */
    public static LivePage start(PageData data, Exposure exposure) {
        var pulses = new Pulses(data);
        try {
            var server = Javalin.create(config -> configure(config, data, pulses, exposure));
            return new LivePage(server.start(), pulses, exposure);
        } catch (RuntimeException e) {
            pulses.close();
            throw new PageException(
                    "Cannot serve the page on %s:%d: %s; take another port, or 0 for any free one"
                            .formatted(
                                    exposure.host(), exposure.port(), deepest(e).getMessage()),
                    e);
        }
    }

    private static Throwable deepest(Throwable thrown) {
        var cause = thrown.getCause();
        return cause == null ? thrown : deepest(cause);
    }

    private static void configure(JavalinConfig config, PageData data, Pulses pulses, Exposure exposure) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.maxRequestSize = LARGEST_BODY;
        config.jetty.threadPool = new QueuedThreadPool(MOST_THREADS, 2);
        config.jetty.modifyHttpConfiguration(it -> it.setSendServerVersion(false));
        config.jetty.addConnector((server, http) -> connector(server, http, exposure));
        routes(config.routes, data, pulses, new Guard(exposure));
    }

    private static ServerConnector connector(Server server, HttpConfiguration http, Exposure exposure) {
        var connector = exposure.encryption()
                .map(it -> encrypted(server, http, it))
                .orElseGet(() -> new ServerConnector(server, 1, 1, new HttpConnectionFactory(http)));
        connector.setHost(exposure.host());
        connector.setPort(exposure.port());
        return connector;
    }

    private static ServerConnector encrypted(Server server, HttpConfiguration http, Exposure.Encryption encryption) {
        var keys = new SslContextFactory.Server();
        keys.setKeyStorePath(encryption.keyStore().toString());
        keys.setKeyStoreType("PKCS12");
        keys.setKeyStorePassword(encryption.password());
        http.addCustomizer(new SecureRequestCustomizer(false));
        return new ServerConnector(
                server, 1, 1, new SslConnectionFactory(keys, "http/1.1"), new HttpConnectionFactory(http));
    }

    private static void routes(RoutesConfig routes, PageData data, Pulses pulses, Guard guard) {
        routes.before(context -> {
            Headers.set(context);
            guard.refusal(request(context)).ifPresent(it -> {
                throw new HttpResponseException(it.status(), it.reason());
            });
            if (context.path().equals(Api.ROOT + "/events") && pulses.full()) {
                throw new HttpResponseException(503, Pulses.TOO_MANY);
            }
        });
        new Api(data).addTo(routes);
        new Bundle().addTo(routes);
        routes.sse(Api.ROOT + "/events", pulses::add);
        routes.get("/metrics", context -> context.contentType(Metrics.TYPE).result(Metrics.of(data)));
        routes.get("/health", context -> context.result("ok\n"));
        routes.exception(Unavailable.class, (e, context) -> told(context, 503, String.valueOf(e.getMessage())));
        routes.exception(Unanswerable.class, (e, context) -> told(context, 422, String.valueOf(e.getMessage())));
        routes.exception(
                HttpResponseException.class,
                (e, context) -> told(context, e.getStatus(), String.valueOf(e.getMessage())));
        routes.exception(Exception.class, (e, context) -> {
            LOG.warn("Cannot answer {}", context.path(), e);
            told(context, 500, UNEXPECTED);
        });
        routes.error(404, context -> told(context, 404, "Not found"));
    }

    private static void told(Context context, int status, String message) {
        context.status(status).contentType("application/json").result(Api.wrapped(Map.of("message", message)));
    }

    private static Guard.Request request(Context context) {
        return new Guard.Request(
                context.method().name(),
                context.path(),
                context.req().getLocalPort(),
                header(context, "Host"),
                header(context, "Origin"),
                header(context, "Sec-Fetch-Site"),
                header(context, "Sec-Fetch-Mode"),
                header(context, "Authorization"));
    }

    private static Optional<String> header(Context context, String name) {
        return Optional.ofNullable(context.header(name));
    }

    /** Where a browser finds the page: by the address it listens on, or on all addresses by one of its names. */
    public URI address() {
        var scheme = exposure.encryption().isPresent() ? "https" : "http";
        return URI.create("%s://%s:%d/".formatted(scheme, shownHost(), server.port()));
    }

    private String shownHost() {
        return Stream.concat(
                        Stream.of(exposure.host()), exposure.names().stream().sorted())
                .filter(it -> !EVERYWHERE.contains(it))
                .findFirst()
                .map(it -> it.contains(":") && !it.startsWith("[") ? "[" + it + "]" : it)
                .orElse("127.0.0.1");
    }

    @Override
    public void close() {
        pulses.close();
        server.stop();
    }
}
