package dev.tandem.feed.capture;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.java_websocket.WebSocket;
import org.java_websocket.enums.Opcode;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;

/** A real server on a free local port that plays one script for each connection, once the client has subscribed. */
final class PlayedServer extends WebSocketServer implements AutoCloseable {

    private final List<Consumer<WebSocket>> scripts;
    private final List<String> subscriptions = new ArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch started = new CountDownLatch(1);

    private PlayedServer(List<Consumer<WebSocket>> scripts) {
        super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        this.scripts = scripts;
        setConnectionLostTimeout(0);
        setReuseAddr(true);
    }

    static PlayedServer of(Consumer<WebSocket> only) throws InterruptedException {
        return of(List.of(only));
    }

    static PlayedServer of(List<Consumer<WebSocket>> scripts) throws InterruptedException {
        var server = new PlayedServer(scripts);
        server.start();
        if (!server.started.await(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The server did not start");
        }
        return server;
    }

    URI address() {
        return URI.create("ws://127.0.0.1:" + getPort());
    }

    List<String> subscriptions() {
        synchronized (subscriptions) {
            return List.copyOf(subscriptions);
        }
    }

    /** Sends a text in three fragments. */
    static void inFragments(WebSocket client, String text) {
        var third = text.length() / 3;
        client.sendFragmentedFrame(Opcode.TEXT, bytes(text.substring(0, third)), false);
        client.sendFragmentedFrame(Opcode.TEXT, bytes(text.substring(third, 2 * third)), false);
        client.sendFragmentedFrame(Opcode.TEXT, bytes(text.substring(2 * third)), true);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void onStart() {
        started.countDown();
    }

    @Override
    public void onMessage(WebSocket client, String message) {
        synchronized (subscriptions) {
            subscriptions.add(message);
        }
        scripts.get(Math.min(connections.getAndIncrement(), scripts.size() - 1)).accept(client);
    }

    @Override
    public void onOpen(WebSocket client, ClientHandshake handshake) {}

    @Override
    public void onClose(WebSocket client, int code, String reason, boolean remote) {}

    @Override
    public void onError(WebSocket client, Exception e) {}

    @Override
    public void close() {
        try {
            stop(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
