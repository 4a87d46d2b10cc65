package dev.tandem.app.run;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.java_websocket.WebSocket;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;

/** A real web socket on a free local port that sends its frames to each client that subscribes. */
final class PlayedServer extends WebSocketServer implements AutoCloseable {
    private final List<String> frames;
    private final CountDownLatch started = new CountDownLatch(1);

    private PlayedServer(List<String> frames) {
        super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        this.frames = frames;
        setConnectionLostTimeout(0);
        setReuseAddr(true);
    }

    static PlayedServer of(List<String> frames) throws InterruptedException {
        var server = new PlayedServer(frames);
        server.start();
        if (!server.started.await(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("The server did not start");
        }
        return server;
    }

    String address() {
        return "ws://127.0.0.1:" + getPort();
    }

    @Override
    public void onStart() {
        started.countDown();
    }

    @Override
    public void onMessage(WebSocket client, String message) {
        frames.forEach(client::send);
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
