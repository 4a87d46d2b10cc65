package dev.tandem.engine.source;

import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog;
import dev.tandem.fold.LandedLog.ClosingIterator;
import dev.tandem.fold.Prepared.Rejection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Some records of a landed log, read as if they arrived again: where and when they did. Those not chosen stay in quarantine. */
public record LandedRange(LandedLog log, LandedLog.Slice slice, RetryChoice choice) implements RecordRange {
    @Override
    public RecordCursor read() {
        return new Cursor(log.read(slice), choice);
    }

    private static final class Cursor implements RecordCursor {
        private final ClosingIterator<Landed> records;
        private final RetryChoice choice;
        private @Nullable Landed current;

        private Cursor(ClosingIterator<Landed> records, RetryChoice choice) {
            this.records = records;
            this.choice = choice;
        }

        @Override
        public boolean next() {
            current = records.hasNext() ? records.next() : null;
            return current != null;
        }

        private Landed current() {
            var reached = current;
            if (reached == null) {
                throw new IllegalStateException("Cannot read a record before next() has reached one");
            }
            return reached;
        }

        @Override
        public int partition() {
            return current().at().partition();
        }

        @Override
        public long position() {
            return current().at().position();
        }

        @Override
        public long arrivedMillis() {
            return current().arrivedMillis();
        }

        @Override
        public byte[] value() {
            return current().raw().bytes();
        }

        @Override
        public Optional<Rejection> held() {
            return choice.held(current());
        }

        @Override
        public void close() {
            records.close();
        }
    }
}
