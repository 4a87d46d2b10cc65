package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.app.TandemCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verb {@code serve} where nothing has run yet: it starts no server and no engine, and says so page by page. */
class ServeTest {
    @TempDir
    private Path folder;

    private final HttpClient browser = HttpClient.newHttpClient();
    private int port;

    @BeforeEach
    void putOnePipelineThere() throws IOException {
        var place = Files.createDirectories(folder.resolve("pipelines/orders"));
        Files.copy(Path.of("../pipelines/orders/pipeline.yaml"), place.resolve("pipeline.yaml"));
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
    }

    private HttpResponse<String> asked(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                .timeout(Duration.ofSeconds(20))
                .build();
        return browser.send(request, BodyHandlers.ofString());
    }

    private boolean isUp() {
        try {
            return asked("/health").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Nested
    class OnThisMachine {
        private final CompletableFuture<TandemCommand> done = new CompletableFuture<>();
        private Thread thread = new Thread(() -> {});

        @BeforeEach
        void serve() {
            thread = new Thread(
                    () -> done.complete(TandemCommand.run(folder, "serve", "--port", Integer.toString(port))), "serve");
            thread.start();
            await().atMost(Duration.ofSeconds(30)).until(ServeTest.this::isUp);
        }

        @AfterEach
        void end() throws InterruptedException {
            thread.interrupt();
            thread.join();
        }

        @Test
        void itShowsAPipelineThatNeverRan() throws Exception {
            assertThat(asked("/api/v1/pipelines").body())
                    .contains("\"name\":\"orders\"", "\"verdict\":\"pending\"", "\"stream\":\"never_run\"");
            assertThat(asked("/api/v1/pipelines/orders/pulse").body()).contains("\"read\":0", "\"p95\":null");
            assertThat(asked("/api/v1/pipelines/orders/views/daily_revenue").body())
                    .contains("\"stream\":[],\"batch\":[]");
            assertThat(asked("/api/v1/pipelines/orders/runs").body()).contains("\"data\":[]");
            assertThat(asked("/api/v1/pipelines/orders/report").body()).contains("\"data\":null");
            assertThat(asked("/api/v1/topics").body()).contains("\"data\":[]");
        }

        @Test
        void lookingMakesNoDatabase() throws Exception {
            asked("/api/v1/pipelines/orders/pulse");

            assertThat(folder.resolve("databases")).doesNotExist();
        }

        @Test
        void S4_09_theSystemPageTellsWhatItTakesOfTheMachine() throws Exception {
            assertThat(asked("/api/v1/system").body())
                    .contains("\"cpu\":", "\"heap_max\":", "\"disk_free\":", "\"java\":");
        }

        @Test
        void metricsAreToldToo() throws Exception {
            assertThat(asked("/metrics").body()).contains("tandem_stream_running{pipeline=\"orders\"} 0");
        }

        @Test
        void ctrlCIsItsUsualEnd() throws Exception {
            end();

            assertThat(done.join().code()).isZero();
            assertThat(done.join().out()).isEqualTo("http://127.0.0.1:%d/%n".formatted(port));
        }
    }

    @Nested
    class OnANetwork {
        @Test
        void itIsRefusedWithoutTls() {
            var refused = TandemCommand.run(folder, "serve", "--host", "0.0.0.0");

            assertThat(refused.code()).isEqualTo(2);
            assertThat(refused.err())
                    .contains(
                            "Cannot serve the page on 0.0.0.0: others than this machine could read it on the way; give --tls FILE, or --insecure-expose behind a proxy that does TLS");
        }

        @Test
        void itsTokenIsItsOwnersAlone() throws Exception {
            var done = new CompletableFuture<TandemCommand>();
            var words =
                    new String[] {"serve", "--host", "0.0.0.0", "--insecure-expose", "--port", Integer.toString(port)};
            var thread = new Thread(() -> done.complete(TandemCommand.run(folder, words)), "serve");
            thread.start();
            await().atMost(Duration.ofSeconds(30)).until(ServeTest.this::isUp);
            thread.interrupt();
            thread.join();

            var file = folder.resolve("page-token");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(done.join().err()).contains("readers are asked for the token in");
            assertThat(done.join().err() + done.join().out())
                    .doesNotContain(Files.readString(file).strip());
        }

        @Test
        void aKeyWithoutItsPasswordIsRefused() {
            var refused = TandemCommand.run(folder, "serve", "--tls", "page.p12");

            assertThat(refused.code()).isEqualTo(3);
            assertThat(refused.err())
                    .contains(
                            "Cannot open the key of the page: TANDEM_TLS_PASSWORD is not set; put the password of the PKCS#12 file there");
        }
    }
}
