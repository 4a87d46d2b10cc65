package dev.tandem.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.app.json.Json;
import dev.tandem.app.run.CaptureJob;
import dev.tandem.feed.capture.CaptureReport;
import dev.tandem.model.Capture;
import dev.tandem.model.Durations;
import dev.tandem.model.Pipeline;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keeps a live feed in a pipeline's topic, and tells what of it is missing. */
@Command(
        name = "capture",
        description = "Writes a public feed to a pipeline's topic until Ctrl-C.",
        footer = "The source's 'capture' names the feed. Ends after --for with what was captured safe in the topic.")
final class CaptureVerb implements Verb {
    private static final String CHANNEL = "ticker";

    @Parameters(paramLabel = "PIPELINE", description = "its name, or the path of its definition")
    private String name = "";

    @Option(names = "--for", paramLabel = "TIME", description = "how long, as in 60s (default: until Ctrl-C)")
    private @Nullable String time;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "another address than the definition's, as in ws://host:port")
    private @Nullable String url;

    @Mixin
    private ProfileOption profile = new ProfileOption();

    @Override
    public Exit run(Shell shell) {
        var pipeline = shell.pipelines().read(name, profile.chosen(shell));
        var capture = capture(pipeline);
        var wish = new CaptureJob.Request(
                Optional.ofNullable(url).map(CaptureVerb::address),
                Optional.ofNullable(time).map(CaptureVerb::duration));
        shell.progress()
                .step("capturing %s of %s%s"
                        .formatted(
                                String.join(", ", capture.products()),
                                wish.url().orElse(capture.url()),
                                wish.time().isPresent() ? " for " + time : "; Ctrl-C ends it"));
        var done = new CaptureJob(
                        Hostings.of(shell, name), pipeline, shell.clock(), new ShellNarrator(shell.progress()))
                .run(wish);
        answer(shell, pipeline, done.report());
        return exit(done, wish);
    }

    /** Ctrl-C is the usual end of a capture that has no other. */
    private static Exit exit(CaptureJob.Done done, CaptureJob.Request wish) {
        if (done.report().received() == 0) {
            return Exit.NOT_READY;
        }
        return done.end() == CaptureJob.End.INTERRUPTED && wish.time().isPresent() ? Exit.INTERRUPTED : Exit.FINE;
    }

    private static Capture capture(Pipeline pipeline) {
        var capture = CaptureJob.of(pipeline)
                .orElseThrow(() -> new CommandException(
                        Exit.INVALID,
                        "Cannot capture for '%s': its source names no feed; write 'capture: { coinbase: true, products: [BTC-USD] }' in a kafka source, or fill its source with ./tandem generate %s"
                                .formatted(pipeline.name(), pipeline.name())));
        if (!capture.channel().equals(CHANNEL)) {
            throw new CommandException(
                    Exit.INVALID,
                    "Cannot capture the channel '%s' for '%s': only '%s' is known; write 'channel: %s'"
                            .formatted(capture.channel(), pipeline.name(), CHANNEL, CHANNEL));
        }
        return capture;
    }

    private static Duration duration(String text) {
        return Durations.read(text)
                .filter(it -> !it.isZero() && !it.isNegative())
                .orElseThrow(() -> new CommandException(
                        Exit.USAGE,
                        "Cannot read --for '%s': it is not a length of time; write e.g. 60s".formatted(text)));
    }

    private static URI address(String text) {
        try {
            var address = new URI(text);
            if (address.getHost() != null && ("ws".equals(address.getScheme()) || "wss".equals(address.getScheme()))) {
                return address;
            }
        } catch (URISyntaxException noAddress) {
            throw refused(text);
        }
        throw refused(text);
    }

    private static CommandException refused(String text) {
        return new CommandException(
                Exit.USAGE,
                "Cannot read --url '%s': it is not the address of a web socket; write e.g. ws://127.0.0.1:8080"
                        .formatted(text));
    }

    private static void answer(Shell shell, Pipeline pipeline, CaptureReport report) {
        if (shell.json()) {
            shell.answer(document(pipeline, report));
            return;
        }
        var text = new StringBuilder("captured for '%s': %s%n".formatted(pipeline.name(), report.told()));
        new TreeMap<>(report.missing()).forEach((product, gaps) -> {
            for (var gap : gaps) {
                text.append("missing      %s trades %d to %d (%,d)%n"
                        .formatted(product, gap.from(), gap.to(), gap.count()));
            }
        });
        for (var interruption : report.interruptions()) {
            text.append("interrupted  %s until %s: %s%n"
                    .formatted(
                            interruption.lost(),
                            interruption.back().map(Object::toString).orElse("the end"),
                            interruption.why()));
        }
        report.errors().forEach(error -> text.append("error        %s%n".formatted(error)));
        shell.answer(text.toString());
    }

    private static ObjectNode document(Pipeline pipeline, CaptureReport report) {
        var document = Json.document("capture")
                .put("pipeline", pipeline.name())
                .put("received", report.received())
                .put("kept", report.kept())
                .put("duplicates", report.duplicates())
                .put("unreadable", report.unreadable());
        counts(document.putObject("ignored"), report.ignored());
        counts(document.putObject("refused"), report.refused());
        document.put("missing_trades", report.missingTrades());
        var missing = document.putArray("missing");
        new TreeMap<>(report.missing())
                .forEach((product, gaps) -> gaps.forEach(gap -> missing.addObject()
                        .put("product", product)
                        .put("from", gap.from())
                        .put("to", gap.to())));
        var jumps = document.putArray("jumps");
        report.jumps()
                .forEach(jump -> jumps.addObject()
                        .put("product", jump.product())
                        .put("from", jump.missing().from())
                        .put("to", jump.missing().to())
                        .put("noticed", jump.noticed().toString()));
        document.put("sequence_falls", report.sequenceFalls());
        var interruptions = document.putArray("interruptions");
        for (var interruption : report.interruptions()) {
            interruptions
                    .addObject()
                    .put("lost", interruption.lost().toString())
                    .put("back", interruption.back().map(Object::toString).orElse(null))
                    .put("failures", interruption.failures())
                    .put("why", interruption.why());
        }
        report.errors().forEach(document.putArray("errors")::add);
        return document;
    }

    private static void counts(ObjectNode object, Map<String, Long> counts) {
        new TreeMap<>(counts).forEach(object::put);
    }
}
