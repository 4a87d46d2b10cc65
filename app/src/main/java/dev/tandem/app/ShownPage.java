package dev.tandem.app;

import dev.tandem.app.page.KeptAnswers;
import dev.tandem.app.page.StoredPageData;
import dev.tandem.app.run.Inquiries;
import dev.tandem.app.run.Whereabouts;
import dev.tandem.page.Exposure;
import dev.tandem.page.LivePage;
import java.net.URI;
import java.util.Optional;

/** The live page of every pipeline here, for as long as it is not closed. */
final class ShownPage implements AutoCloseable {
    private final Whereabouts whereabouts;
    private final Inquiries inquiries;
    private final StoredPageData data;
    private final LivePage page;

    private ShownPage(Whereabouts whereabouts, Inquiries inquiries, StoredPageData data, LivePage page) {
        this.whereabouts = whereabouts;
        this.inquiries = inquiries;
        this.data = data;
        this.page = page;
    }

    /** Starts to answer; with {@link Whereabouts.Idle#STARTED} when the databases of ended runs can be read. */
    static ShownPage start(Shell shell, Optional<String> profile, Exposure exposure, Whereabouts.Idle idle) {
        var pipelines = ServedPipelines.read(shell, profile);
        var narrator = new ShellNarrator(shell.progress());
        var whereabouts = new Whereabouts(idle, narrator);
        var spark = idle == Whereabouts.Idle.STARTED ? Inquiries.Spark.ITS_OWN : Inquiries.Spark.OF_THE_RUN;
        var inquiries = new Inquiries(spark, shell.clock(), narrator);
        var data = new StoredPageData(
                pipelines.served(),
                new StoredPageData.Sources(
                        whereabouts,
                        inquiries,
                        new KeptAnswers(Hostings.workspace(shell).tableAnswers())),
                new SystemReader(shell, pipelines),
                shell.clock());
        try {
            pipelines.served().forEach(it -> whereabouts.await(it.hosting(), it.pipeline()));
            return new ShownPage(whereabouts, inquiries, data, LivePage.start(data, exposure));
        } catch (RuntimeException e) {
            data.close();
            inquiries.close();
            whereabouts.close();
            throw e;
        }
    }

    URI address() {
        return page.address();
    }

    @Override
    public void close() {
        page.close();
        data.close();
        inquiries.close();
        whereabouts.close();
    }
}
