package dev.tandem.fold.group;

import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts the records that wait for a window to close: each until the last of its windows has. */
public final class Waiting {
    /** A record in sessions, whose ends move: the caller reports when each has closed. */
    public static final class Ticket {
        private final long fixedEnd;
        private int sessions;

        public Ticket(long fixedEnd) {
            this.fixedEnd = fixedEnd;
        }

        public void write(BlockWriter out) {
            out.writeLong(fixedEnd);
            out.writeInt(sessions);
        }

        public static Ticket read(BlockReader in) {
            var ticket = new Ticket(in.readLong());
            ticket.sessions = in.readInt();
            return ticket;
        }

        public Ticket inOneMore() {
            sessions++;
            return this;
        }
    }

    private final TreeMap<Long, Long> byEnd = new TreeMap<>();
    private long inSessions;

    /** A record is in a session; the last of its windows that do not move ends at {@code fixedEnd}. */
    public Ticket enter(long fixedEnd) {
        inSessions++;
        return new Ticket(fixedEnd);
    }

    /** Counts {@code records} that wait for windows that end at {@code fixedEnd}. */
    public void count(long fixedEnd, long records, long close) {
        if (fixedEnd > close) {
            byEnd.merge(fixedEnd, records, Long::sum);
        }
    }

    /** One of the record's sessions has closed, or does not count it any more. */
    public void left(@Nullable Ticket ticket, long close) {
        if (ticket != null && --ticket.sessions == 0) {
            inSessions--;
            count(ticket.fixedEnd, 1, close);
        }
    }

    public void write(BlockWriter out) {
        out.writeLong(inSessions);
        out.writeInt(byEnd.size());
        byEnd.forEach((end, count) -> {
            out.writeLong(end);
            out.writeLong(count);
        });
    }

    /** Takes in what {@link #write} wrote; this must be new. */
    public void read(BlockReader in) {
        inSessions = in.readLong();
        for (int left = in.readInt(); left > 0; left--) {
            byEnd.put(in.readLong(), in.readLong());
        }
    }

    public void closedBy(long micros) {
        byEnd.headMap(micros, true).clear();
    }

    public long records() {
        return inSessions + byEnd.values().stream().mapToLong(Long::longValue).sum();
    }
}
