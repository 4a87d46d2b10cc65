package dev.tandem.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page over TLS, with a key made as an operator makes one. */
class EncryptedPageTest {
    private static final String PASSWORD = "keep-it-safe";
    private static final AccessToken TOKEN = AccessToken.random(new SecureRandom());

    @TempDir
    private Path folder;

    private LivePage page;
    private HttpClient browser;

    @BeforeEach
    void start() throws Exception {
        var keys = keyStore(folder.resolve("page.p12"));
        page = LivePage.start(new SamplePageData(), exposure(keys, PASSWORD));
        browser = HttpClient.newBuilder()
                .sslContext(trusting(keys))
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    @AfterEach
    void stop() {
        page.close();
    }

    private static Exposure exposure(Path keys, String password) {
        return new Exposure.Encrypted(
                "127.0.0.1", 0, Set.of("localhost"), TOKEN, new Exposure.Encryption(keys, password));
    }

    private static Path keyStore(Path file) throws IOException, InterruptedException {
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var made = new ProcessBuilder(List.of(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "page",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(file.resolveSibling("keytool.txt").toFile())
                .start();
        assertThat(made.waitFor()).isZero();
        return file;
    }

    private static SSLContext trusting(Path file) throws IOException, GeneralSecurityException {
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("page", keys.getCertificate("page"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), new SecureRandom());
        return context;
    }

    private HttpResponse<String> asked(String path, String... headers) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(page.address().resolve(path)).timeout(Duration.ofSeconds(20));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return browser.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void whoTrustsItsCertificateAndHasTheTokenReadsIt() throws Exception {
        assertThat(page.address().getScheme()).isEqualTo("https");
        assertThat(asked("/").body()).contains("<title>Tandem");
        assertThat(asked("/api/v1/pipelines", "Authorization", "Bearer " + TOKEN.reveal())
                        .body())
                .contains("\"name\":\"tweets\"");
    }

    @Test
    void theTokenIsAskedForHereToo() throws Exception {
        assertThat(asked("/api/v1/pipelines").statusCode()).isEqualTo(401);
    }

    @Test
    void anUnencryptedOriginIsAnotherSite() throws Exception {
        var origin = "http://127.0.0.1:" + page.address().getPort();
        assertThat(asked("/api/v1/pipelines", "Origin", origin).statusCode()).isEqualTo(403);
    }

    @Test
    void nothingIsToldInTheClear() {
        var clear = URI.create("http://127.0.0.1:%d/".formatted(page.address().getPort()));
        var request =
                HttpRequest.newBuilder(clear).timeout(Duration.ofSeconds(20)).build();

        assertThatThrownBy(() -> browser.send(request, BodyHandlers.ofString())).isInstanceOf(IOException.class);
    }

    @Test
    void aWrongPasswordIsToldWithoutIt() {
        assertThatThrownBy(
                        () -> LivePage.start(new SamplePageData(), exposure(folder.resolve("page.p12"), "wrong-secret"))
                                .close())
                .isInstanceOf(PageException.class)
                .hasMessageStartingWith("Cannot serve the page on 127.0.0.1:0: ")
                .hasMessageNotContaining("wrong-secret");
    }
}
