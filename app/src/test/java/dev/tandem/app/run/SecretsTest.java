package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.app.TandemCommand;
import dev.tandem.store.DatabaseAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets stay where they are given. Twenty of them stand in the environment and in {@code .env}, the database's real password
 * among them; then the whole job runs, and neither what its verbs answer nor any file that they write holds one.
 */
@ExtendWith(Bench.Giver.class)
class SecretsTest {
    private static final List<String> NAMES = List.of(
            "POSTGRES_PASSWORD",
            "TANDEM_TOKEN",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "KAFKA_SASL_PASSWORD",
            "SSL_KEYSTORE_PASSWORD",
            "SSL_TRUSTSTORE_PASSWORD",
            "SPARK_AUTHENTICATE_SECRET",
            "JAAS_CONFIG",
            "DB_PASSWD",
            "API_KEY",
            "ACCESS_TOKEN",
            "CREDENTIALS",
            "PGPASSWORD",
            "MYSQL_ROOT_PASSWORD",
            "MYSQL_PWD",
            "GITHUB_TOKEN",
            "COINBASE_API_SECRET");

    private static final List<String> PAGES = List.of(
            "/api/v1/pipelines",
            "/api/v1/pipelines/{}",
            "/api/v1/pipelines/{}/pulse",
            "/api/v1/pipelines/{}/micro-batches",
            "/api/v1/pipelines/{}/runs",
            "/api/v1/pipelines/{}/views/window_totals",
            "/api/v1/pipelines/{}/refusals/quarantine",
            "/api/v1/pipelines/{}/refusals/late",
            "/api/v1/pipelines/{}/report",
            "/api/v1/topics",
            "/api/v1/system",
            "/metrics");

    @TempDir
    private static Path folder = Path.of("");

    private static final Map<String, String> ENVIRONMENT = new LinkedHashMap<>();
    private static final List<String> SECRETS = new ArrayList<>();
    private static final StringBuilder TOLD = new StringBuilder();

    @BeforeAll
    static void runTheWholeJob(Bench bench) throws IOException, InterruptedException {
        var workspace = bench.workspace();
        var servers = new Workspace(folder, workspace.cache(), workspace.servers());
        var pipeline = Stage.definition(servers, "_secrets", UnaryOperator.identity());
        plant(Services.running(workspace, pipeline));
        for (var words : List.of(
                List.of("doctor"),
                List.of("generate", "--events", "400", "--fast"),
                List.of("stream", "--drain", "--close"),
                List.of("batch"),
                List.of("compare", "--json"),
                List.of("verify"),
                List.of("export", "window_totals"),
                List.of("ddl"))) {
            run(pipeline.name(), words);
        }
        runInAProcess(pipeline.name());
    }

    private static void plant(Services services) throws IOException {
        var login = ((DatabaseAddress.MySql) services.database("mysql")).server();
        ENVIRONMENT.put("KAFKA_BOOTSTRAP_SERVERS", services.bootstrap());
        ENVIRONMENT.put("MYSQL_HOST", login.host());
        ENVIRONMENT.put("MYSQL_PORT", String.valueOf(login.port()));
        ENVIRONMENT.put("MYSQL_DATABASE", login.database());
        ENVIRONMENT.put("MYSQL_USER", login.login().user());
        SECRETS.add(login.login().password());
        IntStream.range(0, NAMES.size()).forEach(number -> {
            var secret = "canary-%02d-%s"
                    .formatted(number, Integer.toHexString(NAMES.get(number).hashCode()));
            SECRETS.add(secret);
            ENVIRONMENT.put(NAMES.get(number), secret);
        });
        SECRETS.add("canary-of-the-file");
        Files.writeString(
                folder.resolve(".env"),
                "POSTGRES_HOST=127.0.0.1\nPOSTGRES_PORT=1\nMYSQL_PASSWORD=%s\nOTHER_SECRET=canary-of-the-file\n"
                        .formatted(login.login().password()));
    }

    private static void run(String pipeline, List<String> words) {
        var all = new ArrayList<>(words);
        all.add(1, pipeline);
        all.add("--verbose");
        var done = TandemCommand.run(folder, ENVIRONMENT, all.toArray(String[]::new));
        TOLD.append(done.out()).append(done.err());
        assertThat(done.code()).as("%s: %s", all, done.err()).isIn(0, 4, 5);
    }

    /** With the secrets in the environment that Spark and every library see, and the log that the launcher asks for. */
    private static void runInAProcess(String pipeline) throws IOException, InterruptedException {
        var command = new ArrayList<>(StreamProcess.java());
        command.add(1, "-Dtandem.logs=" + folder.resolve("logs"));
        command.addAll(List.of("dev.tandem.app.Tandem", "compare", pipeline, "--home", ".", "--verbose"));
        var output = folder.resolve("process.txt");
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(ENVIRONMENT);
        var process = builder.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    }

    @Test
    void thereAreTwentyAndTheyAreReal() {
        assertThat(SECRETS).hasSize(20).allMatch(secret -> secret.length() >= 8);
    }

    @Test
    void noVerbTellsOne() {
        assertThat(TOLD.toString()).isNotEmpty().doesNotContain(SECRETS);
    }

    @Test
    void noFileHoldsOne() throws IOException {
        try (var files = Files.walk(folder)) {
            var written = files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().equals(".env"))
                    .toList();
            assertThat(written)
                    .extracting(file -> file.getFileName().toString())
                    .contains("report.html", "report.json", "process.txt", "tandem.log");
            assertThat(written.stream().flatMap(SecretsTest::holding)).isEmpty();
        }
    }

    private static Stream<String> holding(Path file) {
        try {
            var text = Files.readString(file, StandardCharsets.ISO_8859_1);
            return SECRETS.stream().filter(text::contains).map(secret -> file + " holds " + secret);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Everything that the eight pages and their metrics are made of. */
    @Test
    void noPageShowsOne() throws Exception {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        var serving = new Thread(
                () -> TandemCommand.run(folder, ENVIRONMENT, "serve", "--port", Integer.toString(port)), "serve");
        serving.start();
        try {
            await().atMost(Duration.ofSeconds(30)).until(() -> answers(port, "/health"));
            for (var path : PAGES) {
                var shown = asked(port, path.replace("{}", "tweets_secrets"));
                assertThat(shown.statusCode()).as(path).isEqualTo(200);
                assertThat(shown.body()).as(path).isNotEmpty().doesNotContain(SECRETS);
            }
            assertThat(asked(port, "/api/v1/pipelines/tweets_secrets/runs").body())
                    .contains("finished");
        } finally {
            serving.interrupt();
            serving.join();
        }
    }

    private static boolean answers(int port, String path) throws InterruptedException {
        try {
            return asked(port, path).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static HttpResponse<String> asked(int port, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path)))
                .timeout(Duration.ofSeconds(20))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aPasswordThatIsWrongIsNotTold() {
        var wrong = new LinkedHashMap<>(ENVIRONMENT);
        wrong.put("MYSQL_PASSWORD", "canary-wrong-password");
        var done = TandemCommand.run(folder, wrong, "batch", "tweets_secrets", "--verbose");
        assertThat(done.code()).isEqualTo(4);
        assertThat(done.out() + done.err()).contains("mysql").doesNotContain("canary-wrong-password");
    }
}
