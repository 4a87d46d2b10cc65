package dev.tandem.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.page.data.PageData;
import dev.tandem.page.data.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Looks at the page with a real browser; {@code web/test/browser.mjs} says what must be seen. */
class BrowserTest {
    private static final Path WEB = Path.of("web").toAbsolutePath();

    @Test
    void aReaderSeesWhatThereIsAndNothingElseRuns() throws Exception {
        var chromium = chromium();
        assumeTrue(chromium.isPresent(), "no Chromium: apt-get install chromium, or set CHROMIUM to its path");
        assumeTrue(
                Files.isDirectory(WEB.resolve("node_modules/playwright-core")),
                "no playwright-core: run 'npm ci' in page/web");
        var hostile = new HostilePageData();
        var token = AccessToken.random(new SecureRandom());
        try (var samples = serve(new SamplePageData());
                var spoilt = serve(hostile);
                var empty = serve(EmptyPageData.nothing());
                var trouble = serve(
                        EmptyPageData.trouble(
                                () -> new Unavailable(
                                        "Cannot reach the database at 127.0.0.1:3306: connection refused; start it with './tandem up'")));
                var locked = LivePage.start(new SamplePageData(), new Exposure.Loopback(0, Optional.of(token)))) {
            var addresses = Stream.of(samples, spoilt, empty, trouble, locked)
                    .map(it -> it.address().toString())
                    .toList();
            assertThat(look(chromium.get(), addresses, token)).isZero();
            assertThat(hostile.told()).isGreaterThanOrEqualTo(100);
        }
    }

    private static LivePage serve(PageData data) {
        return LivePage.start(data, new Exposure.Loopback(0));
    }

    private static Optional<Path> chromium() {
        return Stream.of(
                        Optional.ofNullable(System.getenv("CHROMIUM")),
                        Optional.of("/usr/bin/chromium"),
                        Optional.of("/usr/bin/google-chrome"))
                .flatMap(Optional::stream)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static int look(Path chromium, List<String> addresses, AccessToken token)
            throws IOException, InterruptedException {
        var told = Path.of("target", "browser.txt");
        var command = Stream.of(List.of("node", "test/browser.mjs"), addresses, List.of(token.reveal()))
                .flatMap(List::stream)
                .toList();
        var builder = new ProcessBuilder(command)
                .directory(WEB.toFile())
                .redirectErrorStream(true)
                .redirectOutput(told.toFile());
        builder.environment().put("CHROMIUM", chromium.toString());
        var process = builder.start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        process.destroyForcibly();
        System.out.println(Files.readString(told, UTF_8));
        return ended ? process.exitValue() : -1;
    }
}
