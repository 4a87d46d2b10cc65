package dev.tandem.feed.capture;

import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** What comes over one connection, put together from its fragments, for one thread to take. At most as many wait as were asked for. */
final class Frames implements WebSocket.Listener {

    static final int AHEAD = 64;
    private static final int LARGEST = 32 << 20; // letters; a whole order book has about a million

    /** A whole text, or the end of the connection where there is none. */
    record Frame(@Nullable String text, String end) {}

    private final BlockingQueue<Frame> whole = new LinkedBlockingQueue<>();
    private StringBuilder fragments = new StringBuilder();

    BlockingQueue<Frame> whole() {
        return whole;
    }

    @Override
    public void onOpen(WebSocket socket) {
        socket.request(AHEAD);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        fragments.append(data);
        if (fragments.length() > LARGEST) {
            whole.add(new Frame(null, "a frame of more than %d letters".formatted(LARGEST)));
        } else if (last) {
            whole.add(new Frame(fragments.toString(), ""));
            fragments = new StringBuilder();
        } else {
            socket.request(1);
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
        whole.add(new Frame(
                null, "closed by the server (%d %s)".formatted(status, reason).strip()));
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        whole.add(new Frame(null, "broken off (%s)".formatted(error.getMessage())));
    }
}
