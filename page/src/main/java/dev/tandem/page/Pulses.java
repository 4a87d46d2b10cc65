package dev.tandem.page;

import dev.tandem.page.data.PageData;
import dev.tandem.page.data.Unavailable;
import io.javalin.http.sse.SseClient;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends every open page the state of its pipeline each second. One reading serves all pages of the same pipeline; a slow client
 * misses seconds and does not delay others.
 */
final class Pulses implements AutoCloseable {
    static final int MOST_READERS = 50;
    static final String TOO_MANY = "Too many pages are open; close one and reload";
    private static final Logger LOG = LoggerFactory.getLogger(Pulses.class);

    private final PageData data;
    private final Set<Reader> readers = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(daemon("page-pulse"));
    private final ExecutorService senders = Executors.newFixedThreadPool(4, daemon("page-sender"));

    private record Reader(SseClient client, String pipeline, AtomicBoolean busy) {}

    Pulses(PageData data) {
        this.data = data;
        var unused = clock.scheduleWithFixedDelay(this::tell, 1, 1, TimeUnit.SECONDS);
    }

    private static ThreadFactory daemon(String name) {
        return work -> {
            var thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    boolean full() {
        return readers.size() >= MOST_READERS;
    }

    void add(SseClient client) {
        var pipeline = client.ctx().queryParam("pipeline");
        var reader = new Reader(client, pipeline == null ? "" : pipeline, new AtomicBoolean());
        if (!entered(reader)) {
            client.sendEvent("trouble", Api.wrapped(Map.of("message", TOO_MANY)));
            client.close();
            return;
        }
        client.onClose(() -> readers.remove(reader));
        client.keepAlive();
        tellAll(reader.pipeline(), List.of(reader));
    }

    /** The last word on who is too many: of several that come at once, each may have found a place free before. */
    private synchronized boolean entered(Reader reader) {
        return !full() && readers.add(reader);
    }

    private void tell() {
        try {
            readers.stream().collect(Collectors.groupingBy(Reader::pipeline)).forEach(this::tellAll);
        } catch (RuntimeException e) {
            LOG.warn("Cannot tell the open pages how the pipelines are doing", e);
        }
    }

    private void tellAll(String pipeline, Collection<Reader> whom) {
        var event = read(pipeline);
        whom.forEach(it -> send(it, event));
    }

    private record Event(String name, String text) {}

    private Event read(String pipeline) {
        try {
            return new Event("pulse", Api.wrapped(data.pulse(pipeline)));
        } catch (Unavailable e) {
            return new Event("trouble", Api.wrapped(Map.of("message", String.valueOf(e.getMessage()))));
        } catch (RuntimeException e) {
            LOG.warn("Cannot read how '{}' is doing", pipeline, e);
            return new Event("trouble", Api.wrapped(Map.of("message", LivePage.UNEXPECTED)));
        }
    }

    private void send(Reader reader, Event event) {
        if (!reader.busy().compareAndSet(false, true)) {
            return;
        }
        try {
            senders.execute(() -> {
                try {
                    reader.client().sendEvent(event.name(), event.text());
                } finally {
                    reader.busy().set(false);
                }
            });
        } catch (RejectedExecutionException e) {
            reader.busy().set(false);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        readers.forEach(it -> it.client().close());
        senders.shutdownNow();
    }
}
