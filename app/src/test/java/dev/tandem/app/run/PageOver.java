package dev.tandem.app.run;

import dev.tandem.app.page.KeptAnswers;
import dev.tandem.app.page.ServedPipeline;
import dev.tandem.app.page.StoredPageData;
import dev.tandem.model.Pipeline;
import dev.tandem.page.data.PipelineFacts;
import dev.tandem.page.data.ViewRows;
import dev.tandem.parity.Report;
import dev.tandem.parity.report.ReportWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** What the live page shows of a pipeline that a test has run, read as another process would read it. */
final class PageOver implements AutoCloseable {
    private final Pipeline pipeline;
    private final Whereabouts whereabouts = new Whereabouts(Whereabouts.Idle.LEFT, new Bench.Silent());
    private final StoredPageData data;

    private PageOver(Workspace workspace, Pipeline pipeline) {
        this.pipeline = pipeline;
        var served = new ServedPipeline(pipeline, "its file", Hosting.local(workspace));
        this.data = new StoredPageData(
                List.of(served),
                new StoredPageData.Sources(
                        whereabouts,
                        new Inquiries(Inquiries.Spark.OF_THE_RUN, Clock.systemUTC(), new Bench.Silent()),
                        new KeptAnswers(workspace.tableAnswers())),
                () -> {
                    throw new IllegalStateException("Cannot tell of the machine: no test asks here");
                },
                Clock.systemUTC());
    }

    static PageOver of(Workspace workspace, Pipeline pipeline) {
        return new PageOver(workspace, pipeline);
    }

    /** As {@link #of}, once {@code report} is written as a comparison writes it. */
    static PageOver compared(Workspace workspace, Pipeline pipeline, Report report) {
        var page = ReportWriter.write(
                report, workspace.home().resolve("comparison").resolve(pipeline.name()));
        new LatestReport(workspace, pipeline.name()).keep(page);
        return of(workspace, pipeline);
    }

    StoredPageData data() {
        return data;
    }

    String name() {
        return pipeline.name();
    }

    ViewRows rows(String view) {
        return data.rows(name(), view, 60).orElseThrow();
    }

    List<String> columns(String view) {
        return facts().views().stream()
                .filter(it -> it.name().equals(view))
                .flatMap(it -> it.columns().stream())
                .map(PipelineFacts.Column::name)
                .toList();
    }

    PipelineFacts facts() {
        return data.pipeline(name()).orElseThrow();
    }

    /** The cells of one column of the stream's rows. */
    List<String> stream(String view, String column) {
        int at = columns(view).indexOf(column);
        return rows(view).stream().stream()
                .map(it -> it.cells().get(at).orElse(""))
                .toList();
    }

    /** The folder that has the report of {@link #compared}. */
    Path reportFolder(Workspace workspace) {
        return workspace.home().resolve("comparison").resolve(name());
    }

    @Override
    public void close() {
        data.close();
        whereabouts.close();
    }
}
