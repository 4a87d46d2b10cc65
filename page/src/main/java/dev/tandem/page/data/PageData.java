package dev.tandem.page.data;

import java.util.List;
import java.util.Optional;

/**
 * Everything that the page shows, read again each time. The page knows neither databases nor topics nor definitions: the app
 * implements this interface. Without it, each of the nine pages would hold a connection of its own and the tests would need
 * servers.
 *
 * <p>Called from many threads at once. {@link #pulse} is asked each second for each pipeline that somebody looks at, and must be
 * cheap; the rest when its {@link Pulse#revision} has changed. A pipeline or view that there is not is an empty answer; what
 * cannot be read now is an {@link Unavailable}.
 */
public interface PageData {
    /** All pipelines in the order in which they are to be shown. */
    List<PipelineLine> pipelines();

    Optional<PipelineFacts> pipeline(String pipeline);

    Optional<Pulse> pulse(String pipeline);

    /** The last {@code most} committed micro-batches, the oldest first. */
    List<MicroBatch> microBatches(String pipeline, int most);

    /** Runs of both modes, the latest first. */
    List<RunLine> runs(String pipeline);

    /** What both modes have stored for the last {@code windows} windows; all rows of a view without windows. */
    Optional<ViewRows> rows(String pipeline, String view, int windows);

    /** The last {@code most} records that were refused so, the latest first, and how many there are by reason. */
    Refusals refusals(String pipeline, RefusalKind kind, int most);

    /** The last comparison as {@code report.json} has it, as text; empty before the first. */
    Optional<String> report(String pipeline);

    /** The last comparisons, the oldest first. */
    List<Comparison> comparisons(String pipeline);

    /** The rows of the last comparison that differ; empty before the first. */
    Optional<DifferingRows> differences(String pipeline, DifferenceQuery query);

    /**
     * Why a row differs, as {@code tandem explain --json} tells it; empty if there is no such pipeline. Takes seconds.
     *
     * @throws Unanswerable if there is no such row
     */
    Optional<String> why(String pipeline, RowAsked row);

    /**
     * What rows would have been with another watermark delay, as {@code tandem explain --try --json} tells it; empty if there is no such
     * pipeline. Takes seconds.
     *
     * @param delay as in {@code 5m}, or {@code +90s} for so much more
     * @throws Unanswerable if that is no delay, or there is no such row
     */
    Optional<String> trial(String pipeline, RowAsked row, String delay);

    /**
     * What became of a record, as {@code tandem trace --json} tells it; empty if there is no such pipeline. Takes seconds.
     *
     * @throws Unanswerable if there is no such record
     */
    Optional<String> trace(String pipeline, RecordAsked record);

    /** The topics, with their consumer groups; empty where there is no broker. */
    List<TopicLine> topics();

    /** The last {@code most} messages of a topic over all its partitions, the latest first. */
    List<Message> messages(String topic, int most);

    /** What was answered about tables that other programs made, the latest first. */
    List<TableAnswer> tableAnswers();

    SystemFacts system();
}
