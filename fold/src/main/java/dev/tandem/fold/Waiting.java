package dev.tandem.fold;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts the records that wait for a window to close: each until the last of its windows has. */
final class Waiting {
    /** A record in sessions: their ends move, so it is told when each has closed. */
    static final class Ticket {
        private final long fixedEnd;
        private int sessions;

        private Ticket(long fixedEnd) {
            this.fixedEnd = fixedEnd;
        }

        Ticket inOneMore() {
            sessions++;
            return this;
        }
    }

    private final TreeMap<Long, Long> byEnd = new TreeMap<>();
    private long inSessions;

    /** For a record the last of whose windows that do not move ends at {@code fixedEnd}. */
    Ticket ticket(long fixedEnd) {
        return new Ticket(fixedEnd);
    }

    void count(Ticket ticket, long close) {
        if (ticket.sessions > 0) {
            inSessions++;
        } else {
            count(ticket.fixedEnd, close);
        }
    }

    void count(long fixedEnd, long close) {
        if (fixedEnd > close) {
            byEnd.merge(fixedEnd, 1L, Long::sum);
        }
    }

    /** One of the record's sessions has closed, or does not count it any more. */
    void left(@Nullable Ticket ticket, long close) {
        if (ticket != null && --ticket.sessions == 0) {
            inSessions--;
            count(ticket.fixedEnd, close);
        }
    }

    void closedBy(long micros) {
        byEnd.headMap(micros, true).clear();
    }

    long records() {
        return inSessions + byEnd.values().stream().mapToLong(Long::longValue).sum();
    }
}
