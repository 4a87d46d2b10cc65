package dev.tandem.app.run;

import dev.tandem.engine.EngineException;
import dev.tandem.feed.Disorder;
import dev.tandem.feed.FaultPlan;
import dev.tandem.feed.Feed;
import dev.tandem.feed.FeedSummary;
import dev.tandem.feed.FeedTarget;
import dev.tandem.feed.Generation;
import dev.tandem.feed.Generators;
import dev.tandem.feed.KafkaFeeder;
import dev.tandem.feed.Pace;
import dev.tandem.feed.Topics;
import dev.tandem.feed.TweetFile;
import dev.tandem.model.Generate;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Fills a pipeline's topic, from its generator or from real records. */
final class Feeding {
    static final int PARTITIONS = 2;

    /**
     * What to send.
     *
     * @param input real records; empty for the generator
     * @param events how many generated events
     * @param spacing event time between two generated events; empty for the definition's own rate
     * @param start event time of the first one
     * @param disorder how late a record may come; empty for the order of the input
     */
    record Wish(
            Optional<Path> input,
            OptionalLong events,
            Optional<Duration> spacing,
            Instant start,
            Optional<Duration> disorder,
            Optional<Long> seed,
            Pace pace) {}

    private final Pipeline pipeline;
    private final String bootstrap;
    private final Narrator narrator;

    Feeding(Pipeline pipeline, String bootstrap, Narrator narrator) {
        this.pipeline = pipeline;
        this.bootstrap = bootstrap;
        this.narrator = narrator;
    }

    String topic() {
        return ((Source.Kafka) pipeline.source()).topic();
    }

    /** Makes the pipeline's topics where they are missing. */
    void ensureTopics() {
        try (var topics = new Topics(bootstrap)) {
            topics.ensure(topic(), PARTITIONS);
            pipeline.topics().forEach(output -> topics.ensure(output.topic(), PARTITIONS));
        }
    }

    Map<Integer, Long> endOffsets() {
        try (var topics = new Topics(bootstrap)) {
            return topics.endOffsets(topic());
        }
    }

    FeedSummary send(Wish wish, Path truth) {
        try {
            Files.createDirectories(truth.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot make the folder of the truth file %s: %s".formatted(truth, e.getMessage()), e);
        }
        var feed = feed(wish);
        var summary = new KafkaFeeder(new FeedTarget(bootstrap, topic(), wish.pace(), Optional.of(truth)))
                .send(feed, progress -> narrator.progress("feeding", progress.sent(), progress.size()));
        if (summary.failed() > 0 && !summary.stopped()) {
            throw new EngineException(
                    "Cannot feed '%s': %d of %d records were not acknowledged by Kafka; see ./tandem doctor"
                            .formatted(pipeline.name(), summary.failed(), summary.sent()));
        }
        return summary;
    }

    private Feed feed(Wish wish) {
        var feed = wish.input().map(TweetFile::open).orElseGet(() -> generated(wish));
        long seed = wish.seed().orElse(pipeline.generate().map(Generate::seed).orElse(1L));
        return wish.disorder().map(upTo -> new Disorder(upTo, seed).of(feed)).orElse(feed);
    }

    private Feed generated(Wish wish) {
        var generate = pipeline.generate()
                .orElseThrow(() -> new EngineException(
                        "Cannot generate records for '%s': its definition has no 'generate'; add one, or give --input FILE"
                                .formatted(pipeline.name())));
        var spacing = wish.spacing().orElse(Duration.ofNanos((long) (1e9 / generate.perSecond())));
        return Generators.feed(new Generation(
                generate.generator(),
                wish.seed().orElse(generate.seed()),
                wish.start(),
                spacing,
                wish.events(),
                faults(generate)));
    }

    private static FaultPlan faults(Generate generate) {
        var plan = FaultPlan.none();
        for (var fault : generate.faults().entrySet()) {
            double share = fault.getValue().share();
            var delay =
                    fault.getValue().delay().orElse(new Generate.Delay(Duration.ofSeconds(1), Duration.ofMinutes(1)));
            plan = switch (fault.getKey()) {
                case "late" -> plan.withLate(share, delay.from(), delay.to());
                case "duplicate" -> plan.withDuplicate(share, delay.from(), delay.to());
                case "out_of_order" -> plan.withOutOfOrder(share, delay.to());
                case "missing_id" -> plan.withMissingId(share);
                case "malformed" -> plan.withMalformed(share);
                case "future_dated" -> plan.withFutureDated(share);
                default ->
                    throw new EngineException(
                            "Cannot inject the fault '%s': there is none of that name; use late, duplicate, out_of_order, missing_id, malformed or future_dated"
                                    .formatted(fault.getKey()));
            };
        }
        return plan;
    }
}
