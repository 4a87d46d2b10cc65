package dev.tandem.app.run;

import dev.tandem.engine.EngineException;
import dev.tandem.feed.DelayedShare;
import dev.tandem.feed.Disorder;
import dev.tandem.feed.Fault;
import dev.tandem.feed.FaultPlan;
import dev.tandem.feed.Feed;
import dev.tandem.feed.FeedSummary;
import dev.tandem.feed.FeedTarget;
import dev.tandem.feed.FileFeeder;
import dev.tandem.feed.FileTarget;
import dev.tandem.feed.Generation;
import dev.tandem.feed.Generators;
import dev.tandem.feed.KafkaFeeder;
import dev.tandem.feed.MessageForm;
import dev.tandem.feed.Pace;
import dev.tandem.feed.Pause;
import dev.tandem.feed.RecordedFile;
import dev.tandem.feed.RecordedForm;
import dev.tandem.feed.Standing;
import dev.tandem.feed.Topics;
import dev.tandem.feed.TweetFile;
import dev.tandem.files.FilesLog;
import dev.tandem.model.Dedup;
import dev.tandem.model.Format;
import dev.tandem.model.Generate;
import dev.tandem.model.Output;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Reason;
import dev.tandem.model.Schema;
import dev.tandem.model.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Fills a pipeline's topic or folder, from its generator or from real records. */
final class Feeding {
    static final int PARTITIONS = 2;
    static final String ROWS = "rows";
    private static final String PREFIX = "events_batch_";
    private static final int FILE = 100;

    /**
     * What to send.
     *
     * @param input real records; empty for the generator
     * @param events how many generated events
     * @param spacing event time between two generated events; empty for the definition's own rate
     * @param start event time of the first one
     * @param disorder how late a record may come; empty for the order of the input
     * @param pace of records into a topic, or of files into a folder; empty for none
     */
    record Request(
            Optional<Path> input,
            OptionalLong events,
            Optional<Duration> spacing,
            Instant start,
            Optional<Duration> disorder,
            Optional<Long> seed,
            Pace pace) {}

    private final Pipeline pipeline;
    private final Wiring wiring;

    Feeding(Pipeline pipeline, Wiring wiring) {
        this.pipeline = pipeline;
        this.wiring = wiring;
    }

    /** Makes the pipeline's topics and folders where they are missing. */
    void ensure() {
        pipeline.source().asFiles().ifPresent(files -> createFolder(folder(files)));
        var names = pipeline.topics().stream().map(Output.Topic::topic).collect(Collectors.toSet());
        pipeline.source().asKafka().ifPresent(kafka -> names.addAll(kafka.topics()));
        if (!names.isEmpty()) {
            try (var topics = new Topics(wiring.services().kafka())) {
                names.forEach(name -> topics.ensure(name, PARTITIONS));
            }
        }
    }

    /** How much was sent before: records of the topic, or files of the folder. */
    long before() {
        return pipeline.source()
                .<Long>foldStreamed(
                        kafka -> {
                            try (var topics = new Topics(wiring.services().kafka())) {
                                return topics.endOffsets(kafka.fed()).values().stream()
                                        .mapToLong(Long::longValue)
                                        .sum();
                            }
                        },
                        files -> filesIn(folder(files)));
    }

    /** How many events the definition's generator makes where nothing else is said; empty for any number. */
    OptionalLong usualEvents() {
        return pipeline.generate()
                .flatMap(it -> Optional.ofNullable(it.settings().get(ROWS)))
                .map(rows -> OptionalLong.of(Long.parseLong(rows)))
                .orElse(OptionalLong.empty());
    }

    FeedSummary send(Request wish, Path truth) {
        return send(wish, truth, Standing.UNHEARD);
    }

    /** Reports the position of the feed to {@code standing}, if it feeds a topic. */
    FeedSummary send(Request wish, Path truth, Standing standing) {
        if (wish.input().isEmpty()) {
            new SideTables(pipeline, wiring.workspace()).writeMissing();
        }
        return bringsFiles(wish)
                ? new WholeFiles(folder(pipeline.source().asFiles().orElseThrow()), wiring.narrator())
                        .bring(wish.input().orElseThrow())
                : send(feed(wish), wish.pace(), truth, standing);
    }

    /** Whether real files go into the folder as they are, so that a summary counts files and not records. */
    boolean bringsFiles(Request wish) {
        return pipeline.source().asFiles().isPresent()
                && wish.input().isPresent()
                && wish.disorder().isEmpty();
    }

    /** Sends {@code feed}, whatever it is made of. */
    FeedSummary send(Feed feed, Pace pace, Path truth) {
        return send(feed, pace, truth, Standing.UNHEARD);
    }

    private FeedSummary send(Feed feed, Pace pace, Path truth, Standing standing) {
        createFolder(java.util.Objects.requireNonNull(truth.getParent()));
        var summary = pipeline.source()
                .<FeedSummary>foldStreamed(
                        kafka -> sendTo(
                                new FeedTarget(wiring.services().kafka(), kafka.fed(), pace, Optional.of(truth)),
                                feed,
                                standing),
                        files -> moveInto(files, feed, pace, truth));
        if (summary.failed() > 0 && !summary.stopped()) {
            throw new EngineException(
                    "Cannot feed '%s': %d of %d records were not acknowledged by Kafka; see ./tandem doctor"
                            .formatted(pipeline.name(), summary.failed(), summary.sent()));
        }
        return summary;
    }

    private FeedSummary sendTo(FeedTarget target, Feed feed, Standing standing) {
        return new KafkaFeeder(target, standing)
                .send(feed, progress -> wiring.narrator().progress("feeding", progress.sent(), progress.size()));
    }

    private FeedSummary moveInto(Source.Files files, Feed feed, Pace pace, Path truth) {
        var batches = pipeline.generate().flatMap(Generate::batches);
        var archive = files.archive().map(wiring.workspace()::file).stream().toList();
        int rows = batches.map(Generate.Batches::size).orElse(FILE);
        wiring.narrator().tell("writing files of %,d records into %s".formatted(rows, folder(files)));
        var target = new FileTarget(folder(files), form(files.format(), feed), rows, pace, archive, Optional.of(truth));
        return new FileFeeder(target)
                .send(feed, progress -> wiring.narrator().progress("feeding", progress.all(), progress.size()));
    }

    /** As the source reads them. */
    private static FileTarget.Form form(Format format, Feed feed) {
        var encoding = Charset.forName(format.inFile().encoding());
        if (format.kind() == Format.Kind.JSON) {
            return new FileTarget.Form(PREFIX, "jsonl", Optional.empty(), encoding);
        }
        var names = String.join(",", feed.columns());
        return new FileTarget.Form(
                PREFIX, "csv", format.header() && !names.isEmpty() ? Optional.of(names) : Optional.empty(), encoding);
    }

    private Path folder(Source.Files files) {
        return FolderInput.folder(files, wiring.workspace());
    }

    private static long filesIn(Path folder) {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (var files = Files.list(folder)) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list %s: %s".formatted(folder, Reason.of(e)), e);
        }
    }

    private static void createFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make the folder %s: %s".formatted(folder, Reason.of(e)), e);
        }
    }

    private Feed feed(Request wish) {
        if (pipeline.source().format().kind() == Format.Kind.AVRO) {
            throw new EngineException(
                    "Cannot feed '%s': its records are Avro, and the feed writes JSON and CSV; let the topic's own producers write it"
                            .formatted(pipeline.name()));
        }
        pipeline.source().format().provided().ifPresent(format -> {
            throw new EngineException(
                    "Cannot feed '%s': its records are '%s', and the feed writes JSON and CSV; let the program write them that has them"
                            .formatted(pipeline.name(), format.name()));
        });
        var feed = wish.input().map(this::recorded).orElseGet(() -> Generators.feed(generation(wish)));
        return disordered(feed, wish.disorder(), wish.seed());
    }

    /** {@code feed} with each record late by up to {@code upTo}, by the definition's own seed where none is given. */
    Feed disordered(Feed feed, Optional<Duration> upTo, Optional<Long> seed) {
        long chosen = seed.orElse(pipeline.generate().map(Generate::seed).orElse(1L));
        return upTo.map(bound -> new Disorder(bound, chosen).of(feed)).orElse(feed);
    }

    private Feed recorded(Path file) {
        return pipeline.source().foldStreamed(kafka -> recordedFile(file), files -> recordedFiles(file));
    }

    private Feed recordedFiles(Path where) {
        var log = FilesLog.of(where.toString(), FolderInput.intake(pipeline));
        new LeftOutFiles(wiring.narrator()).tell(where.toString(), log.leftOut());
        return new FilesFeed(log, pipeline);
    }

    private Feed recordedFile(Path file) {
        boolean tweets =
                pipeline.generate().map(it -> it.generator().equals("tweets")).orElse(false);
        var rows =
                pipeline.source().format().kind() == Format.Kind.CSV ? RecordedForm.unchanged() : RecordedForm.json();
        return tweets ? TweetFile.open(file) : RecordedFile.open(file, named(rows));
    }

    /** {@code rows} with the names under which a record itself holds its id and its event time, where it does. */
    private RecordedForm named(RecordedForm rows) {
        var fields = pipeline.schema();
        var copiesBy = copiesBy(pipeline).stream()
                .flatMap(name -> fields.named(name).stream())
                .toList();
        var ids =
                copiesBy.stream().flatMap(field -> field.sourceName().stream()).toList();
        var identified = ids.size() == copiesBy.size() ? rows.withId(ids) : rows;
        return fields.named(pipeline.eventTime())
                .flatMap(Schema.Field::sourceName)
                .map(identified::withTime)
                .orElse(identified);
    }

    /** The dedup fields of a record, so that duplicates go to one partition; none where a step computes one of them. */
    static List<String> copiesBy(Pipeline pipeline) {
        var fields = pipeline.schema().inRecord().names();
        return pipeline.dedup().map(Dedup::by).filter(fields::containsAll).orElse(List.of());
    }

    private Generation generation(Request wish) {
        var generate = pipeline.generate()
                .orElseThrow(() -> new EngineException(
                        "Cannot generate records for '%s': its definition has no 'generate'; add one, or give --input FILE"
                                .formatted(pipeline.name())));
        var spacing = wish.spacing().orElse(Duration.ofNanos((long) (1e9 / generate.perSecond())));
        var settings = new LinkedHashMap<>(generate.settings());
        settings.remove(ROWS);
        var form = pipeline.source().format().kind() == Format.Kind.CSV ? MessageForm.CSV : MessageForm.JSON;
        return new Generation(
                generate.generator(),
                wish.seed().orElse(generate.seed()),
                wish.start(),
                spacing,
                wish.events().isPresent() ? wish.events() : usualEvents(),
                faults(generate),
                form,
                settings);
    }

    private static FaultPlan faults(Generate generate) {
        var plan = FaultPlan.none();
        for (var fault : generate.faults().entrySet()) {
            var kind = Arrays.stream(Fault.values())
                    .filter(it -> it.code().equals(fault.getKey()))
                    .findFirst()
                    .orElseThrow(() -> new EngineException(
                            "Cannot inject the fault '%s': there is none of that name; use one of %s"
                                    .formatted(
                                            fault.getKey(),
                                            Arrays.stream(Fault.values())
                                                    .map(Fault::code)
                                                    .collect(Collectors.joining(", ")))));
            var delay =
                    fault.getValue().delay().orElse(new Generate.Delay(Duration.ofSeconds(1), Duration.ofMinutes(1)));
            plan = plan.with(kind, new DelayedShare(fault.getValue().share(), delay.from(), delay.to()));
        }
        return plan;
    }

    /** The pace that a definition asks for, in a live feed. */
    static Pace pace(Optional<Generate> generate, Optional<Double> perSecond) {
        return perSecond
                .<Pace>map(Pace.Evenly::new)
                .orElseGet(() -> generate.flatMap(Generate::batches)
                        .<Pace>map(it -> new Pace.Batches(
                                it.size(),
                                new Pause(it.from(), it.to(), generate.get().seed())))
                        .orElseGet(() -> new Pace.Evenly(
                                generate.map(Generate::perSecond).orElse(100.0))));
    }
}
