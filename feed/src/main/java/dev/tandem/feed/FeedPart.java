package dev.tandem.feed;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The beginning of a feed, cut by arrival: what arrives later is left out with all that follows. */
record FeedPart(Feed whole, Instant end) implements Feed {

    @Override
    public Stream<FeedRecord> records() {
        return whole.records().takeWhile(sent -> sent.arrival().isBefore(end));
    }

    @Override
    public List<String> columns() {
        return whole.columns();
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.empty();
    }
}
