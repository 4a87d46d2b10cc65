package dev.tandem.app.page;

import dev.tandem.app.run.Inquiries;
import dev.tandem.app.run.Whereabouts;
import dev.tandem.page.data.Activity;
import dev.tandem.page.data.Comparison;
import dev.tandem.page.data.DifferenceQuery;
import dev.tandem.page.data.DifferingRows;
import dev.tandem.page.data.Message;
import dev.tandem.page.data.MicroBatch;
import dev.tandem.page.data.PageData;
import dev.tandem.page.data.PipelineFacts;
import dev.tandem.page.data.PipelineLine;
import dev.tandem.page.data.Pulse;
import dev.tandem.page.data.RecordAsked;
import dev.tandem.page.data.RefusalKind;
import dev.tandem.page.data.Refusals;
import dev.tandem.page.data.RowAsked;
import dev.tandem.page.data.RunLine;
import dev.tandem.page.data.SystemFacts;
import dev.tandem.page.data.TableAnswer;
import dev.tandem.page.data.TopicLine;
import dev.tandem.page.data.Unavailable;
import dev.tandem.page.data.ViewRows;
import dev.tandem.parity.report.ReportWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What the page shows of the pipelines here, whether they run in this process, in another one, or not at all. */
public final class StoredPageData implements PageData, AutoCloseable {
    private final Map<String, PipelineWatch> pipelines = new LinkedHashMap<>();
    private final Whereabouts whereabouts;
    private final Supplier<SystemFacts> system;
    private final Inquiries inquiries;
    private final KeptAnswers kept;
    private final Brokers brokers = new Brokers();
    private final Clock clock;

    /** The sources of the data: tables, and what is not in tables. */
    public record Sources(Whereabouts whereabouts, Inquiries inquiries, KeptAnswers kept) {}

    /** {@code system} is asked each time that somebody looks at it. */
    public StoredPageData(List<ServedPipeline> served, Sources sources, Supplier<SystemFacts> system, Clock clock) {
        this.whereabouts = sources.whereabouts();
        this.inquiries = sources.inquiries();
        this.kept = sources.kept();
        this.system = system;
        this.clock = clock;
        served.forEach(it -> pipelines.put(it.name(), new PipelineWatch(it, sources.whereabouts(), brokers, clock)));
    }

    private Optional<PipelineWatch> watched(String pipeline) {
        return Optional.ofNullable(pipelines.get(pipeline));
    }

    /** One whose tables cannot be read now does not hide the others. */
    @Override
    public List<PipelineLine> pipelines() {
        return pipelines.values().stream().map(StoredPageData::line).toList();
    }

    private static PipelineLine line(PipelineWatch watched) {
        try {
            return watched.line();
        } catch (Unavailable toldOnItsOwnPages) {
            return watched.unreadable();
        }
    }

    @Override
    public Optional<PipelineFacts> pipeline(String pipeline) {
        return watched(pipeline)
                .map(it -> DefinedFacts.of(it.served(), it.views().facts(), clock.instant()));
    }

    @Override
    public Optional<Pulse> pulse(String pipeline) {
        return watched(pipeline).map(PipelineWatch::pulse);
    }

    @Override
    public List<MicroBatch> microBatches(String pipeline, int most) {
        return watched(pipeline).map(it -> it.microBatches(most)).orElse(List.of());
    }

    @Override
    public List<RunLine> runs(String pipeline) {
        return watched(pipeline).map(PipelineWatch::runs).orElse(List.of());
    }

    @Override
    public Optional<ViewRows> rows(String pipeline, String view, int windows) {
        return watched(pipeline).flatMap(it -> it.views().rows(view, windows));
    }

    @Override
    public Refusals refusals(String pipeline, RefusalKind kind, int most) {
        return watched(pipeline).map(it -> it.refusals(kind, most)).orElse(new Refusals(kind, 0, Map.of(), List.of()));
    }

    @Override
    public Optional<String> report(String pipeline) {
        return watched(pipeline).flatMap(PipelineWatch::lastReport).map(LastReport.Read::text);
    }

    @Override
    public List<Comparison> comparisons(String pipeline) {
        return watched(pipeline)
                .map(it -> it.served().report(whereabouts).resolveSibling(""))
                .map(it -> new PastComparisons(it).read())
                .orElse(List.of());
    }

    @Override
    public Optional<DifferingRows> differences(String pipeline, DifferenceQuery query) {
        return watched(pipeline)
                .map(it -> it.served().report(whereabouts).resolveSibling(ReportWriter.ROWS))
                .flatMap(it -> new DifferingRowsFile(it).read(query));
    }

    @Override
    public Optional<String> why(String pipeline, RowAsked row) {
        return watched(pipeline).map(it -> new RowAnswers(it.served(), inquiries).why(row));
    }

    @Override
    public Optional<String> trial(String pipeline, RowAsked row, String delay) {
        return watched(pipeline).map(it -> new RowAnswers(it.served(), inquiries).trial(row, delay));
    }

    @Override
    public Optional<String> trace(String pipeline, RecordAsked record) {
        return watched(pipeline).map(it -> new RowAnswers(it.served(), inquiries).trace(record));
    }

    private Stream<BrokerReader> brokers() {
        return pipelines.values().stream()
                .flatMap(it -> it.served().broker(whereabouts).stream())
                .distinct()
                .map(brokers::at);
    }

    /** A stream that reads a topic stands among its groups, because Kafka itself knows nothing of how far it has come. */
    @Override
    public List<TopicLine> topics() {
        return brokers()
                .flatMap(broker -> broker.topics().stream())
                .map(this::withStreams)
                .toList();
    }

    private TopicLine withStreams(TopicLine topic) {
        var ends = new LinkedHashMap<Integer, Long>();
        topic.partitions().forEach(it -> ends.put(it.number(), it.until()));
        var groups = new ArrayList<TopicLine.Group>();
        pipelines.values().stream()
                .filter(it -> reads(it, topic.name()))
                .forEach(it -> stream(it, topic.name(), ends).ifPresent(groups::add));
        groups.addAll(topic.groups());
        return new TopicLine(topic.name(), topic.partitions(), topic.recordsPerSecond(), groups, topic.settings());
    }

    private static boolean reads(PipelineWatch watched, String topic) {
        return watched.served()
                .pipeline()
                .source()
                .fold(kafka -> kafka.topics().contains(topic), files -> false, rows -> false);
    }

    /** Empty for a stream that never ran, or whose ledger cannot be read now, as its own pages tell. */
    private static Optional<TopicLine.Group> stream(PipelineWatch reader, String topic, Map<Integer, Long> ends) {
        try {
            var activity = reader.activity();
            var state = activity.name().toLowerCase(Locale.ROOT);
            return activity == Activity.NEVER_RUN
                    ? Optional.empty()
                    : Optional.of(new TopicLine.Group(
                            "stream of " + reader.served().name(), state, reader.lagByPartition(topic, ends)));
        } catch (Unavailable toldOnItsOwnPages) {
            return Optional.empty();
        }
    }

    @Override
    public List<Message> messages(String topic, int most) {
        return brokers()
                .filter(it -> it.has(topic))
                .findFirst()
                .map(it -> it.messages(topic, most))
                .orElse(List.of());
    }

    @Override
    public List<TableAnswer> tableAnswers() {
        return kept.read();
    }

    @Override
    public SystemFacts system() {
        return system.get();
    }

    @Override
    public void close() {
        brokers.close();
    }
}
