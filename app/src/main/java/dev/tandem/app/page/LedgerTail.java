package dev.tandem.app.page;

import dev.tandem.fold.Fates;
import dev.tandem.store.LedgerPoll;
import dev.tandem.store.LedgerReader.MicroBatch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The end of one ledger and the sum of all of it, kept up by reading what is new. A ledger that does not go on from what is known
 * belongs to another life of the pipeline and is read from its beginning.
 */
final class LedgerTail {
    static final int LONGEST = 1_000;

    /** The state of the ledger: the fates of all records, and the last micro-batches, oldest first. */
    record Standing(Fates totals, List<MicroBatch> last, String runs, Optional<LedgerPoll.Writer> writer) {
        static final Standing NOTHING = new Standing(Fates.NONE, List.of(), "", Optional.empty());

        Optional<MicroBatch> newest() {
            return last.isEmpty() ? Optional.empty() : Optional.of(last.get(last.size() - 1));
        }
    }

    private final LedgerPoll look;
    private final Deque<MicroBatch> last = new ArrayDeque<>();
    private Fates totals = Fates.NONE;

    LedgerTail(LedgerPoll look) {
        this.look = look;
    }

    /** Reads what is new. */
    synchronized Standing standing() {
        if (last.isEmpty()) {
            return begin();
        }
        var known = last.getLast();
        var news = look.since(known.number());
        if (news.since().isEmpty() || !news.since().get(0).equals(known)) {
            last.clear();
            return begin();
        }
        add(news.since().subList(1, news.since().size()));
        return standing(news);
    }

    private Standing begin() {
        long first = look.firstOfLast(LONGEST).orElse(0L);
        totals = look.before(first);
        var news = look.since(first);
        add(news.since());
        return standing(news);
    }

    private void add(List<MicroBatch> fresh) {
        for (var microBatch : fresh) {
            totals = totals.plus(microBatch.fates());
            last.addLast(microBatch);
        }
        while (last.size() > LONGEST) {
            last.removeFirst();
        }
    }

    private Standing standing(LedgerPoll.News news) {
        return new Standing(totals, List.copyOf(last), news.runs(), news.writer());
    }
}
