package dev.tandem.feed;

import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * An ordered sequence of records that can be had again from its start. That it gives the same records in the same order each
 * time is what makes a failing run a thing one can repeat.
 *
 * <p>Promises: numbers count up from 0 without a gap; the arrival never falls; two readings give equal records.
 */
public interface Feed {

    /** The records from the first one, in sending order. One thread reads; close the stream, a file may stand behind it. */
    Stream<FeedRecord> records();

    /** How many records there are; empty where nobody can say beforehand. May read a file once to count. */
    OptionalLong size();

    /** The columns where each record is a CSV row; empty where it is a message that speaks for itself. */
    default List<String> columns() {
        return List.of();
    }

    /** The part of this feed that arrives before a moment, such as the first minute of an endless one. */
    default Feed until(Instant end) {
        return new FeedPart(this, end);
    }

    /** A stream over an iterator that is read by one thread in order. */
    static Stream<FeedRecord> inOrder(Iterator<FeedRecord> records) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(records, Spliterator.ORDERED | Spliterator.NONNULL), false);
    }
}
