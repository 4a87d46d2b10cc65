package dev.tandem.store;

import dev.tandem.fold.Fates;
import dev.tandem.store.LedgerReader.MicroBatch;
import dev.tandem.store.Session.Cells;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Polls the ledger of a running stream in one session: micro-batches since the last known one, and whether anything else has
 * changed. Reading the whole ledger each second would cost more than the stream itself.
 */
public final class LedgerPoll {
    /**
     * What is new.
     *
     * @param since the micro-batches from the asked one on, that one first if it is still there
     * @param runs changes whenever a run starts or ends
     * @param writer who writes now, or did last, as it named itself
     */
    public record News(List<MicroBatch> since, String runs, Optional<Writer> writer) {}

    /** The process that took the pipeline over last. */
    public record Writer(String owner, Instant since) {}

    private final DatabaseAddress address;
    private final String pipeline;

    public LedgerPoll(DatabaseAddress address, String pipeline) {
        this.address = address;
        this.pipeline = pipeline;
    }

    /** {@code number} is that of the last known micro-batch. */
    public News since(long number) {
        return Session.with(
                address,
                task(),
                session -> new News(LedgerReader.from(number, pipeline, session), runs(session), writer(session)));
    }

    /** The number of the micro-batch that {@code most} last ones begin with; empty before the first. */
    public Optional<Long> firstOfLast(int most) {
        return Session.with(
                        address,
                        task(),
                        session -> session.list(
                                "select max(number) as highest from tandem_ledger where pipeline = ?",
                                cells -> cells.optionalText("highest").map(Long::valueOf),
                                pipeline))
                .stream()
                .flatMap(Optional::stream)
                .map(highest -> Math.max(0, highest - most + 1))
                .findFirst();
    }

    /** The fates of all records in micro-batches before {@code number}. */
    public Fates before(long number) {
        return Session.with(address, task(), session -> session.list("""
                                select sum(records) as records, sum(accepted) as accepted, sum(quarantined) as quarantined,
                                       sum(duplicate) as duplicate, sum(late) as late, sum(filtered) as filtered,
                                       sum(split) as split, sum(late_partial) as late_partial
                                from tandem_ledger where pipeline = ? and number < ?""", LedgerReader::fates, pipeline, number))
                .get(0);
    }

    private String runs(Session session) throws SQLException {
        return session.first(
                        "select count(*) as started_runs, count(finished) as ended_runs, max(started) as latest from tandem_run where pipeline = ?",
                        cells -> "%d/%d/%s"
                                .formatted(
                                        cells.whole("ended_runs"),
                                        cells.whole("started_runs"),
                                        cells.optionalText("latest").orElse("")),
                        pipeline)
                .orElse("");
    }

    private Optional<Writer> writer(Session session) throws SQLException {
        return session.first("select owner, since from tandem_epoch where pipeline = ?", LedgerPoll::writer, pipeline);
    }

    private static Writer writer(Cells cells) throws SQLException {
        return new Writer(cells.text("owner"), cells.time("since"));
    }

    private String task() {
        return "read how '%s' is doing".formatted(pipeline);
    }
}
