package dev.tandem.page;

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
import dev.tandem.page.data.ViewRows;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Either nothing at all, or the pipelines of the samples and trouble whenever one of them is asked for. */
final class EmptyPageData implements PageData {
    private final List<PipelineLine> lines;
    private final Supplier<RuntimeException> trouble;
    private final boolean broken;

    private EmptyPageData(List<PipelineLine> lines, Supplier<RuntimeException> trouble, boolean broken) {
        this.lines = lines;
        this.trouble = trouble;
        this.broken = broken;
    }

    static EmptyPageData nothing() {
        return new EmptyPageData(List.of(), IllegalStateException::new, false);
    }

    static EmptyPageData trouble(Supplier<RuntimeException> trouble) {
        return new EmptyPageData(new SamplePageData().pipelines(), trouble, true);
    }

    private <T> T or(T nothing) {
        if (broken) {
            throw trouble.get();
        }
        return nothing;
    }

    @Override
    public List<PipelineLine> pipelines() {
        return lines;
    }

    @Override
    public Optional<PipelineFacts> pipeline(String pipeline) {
        return broken ? new SamplePageData().pipeline(pipeline) : Optional.empty();
    }

    @Override
    public Optional<Pulse> pulse(String pipeline) {
        return or(Optional.empty());
    }

    @Override
    public List<MicroBatch> microBatches(String pipeline, int most) {
        return or(List.of());
    }

    @Override
    public List<RunLine> runs(String pipeline) {
        return or(List.of());
    }

    @Override
    public Optional<ViewRows> rows(String pipeline, String view, int windows) {
        return or(Optional.empty());
    }

    @Override
    public Refusals refusals(String pipeline, RefusalKind kind, int most) {
        return or(new Refusals(kind, 0, Map.of(), List.of()));
    }

    @Override
    public Optional<String> report(String pipeline) {
        return or(Optional.empty());
    }

    @Override
    public List<Comparison> comparisons(String pipeline) {
        return or(List.of());
    }

    @Override
    public Optional<DifferingRows> differences(String pipeline, DifferenceQuery query) {
        return or(Optional.empty());
    }

    @Override
    public Optional<String> why(String pipeline, RowAsked row) {
        return or(Optional.empty());
    }

    @Override
    public Optional<String> trial(String pipeline, RowAsked row, String delay) {
        return or(Optional.empty());
    }

    @Override
    public Optional<String> trace(String pipeline, RecordAsked record) {
        return or(Optional.empty());
    }

    @Override
    public List<TopicLine> topics() {
        return or(List.of());
    }

    @Override
    public List<Message> messages(String topic, int most) {
        return or(List.of());
    }

    @Override
    public List<TableAnswer> tableAnswers() {
        return or(List.of());
    }

    @Override
    public SystemFacts system() {
        return or(new SamplePageData().system());
    }
}
