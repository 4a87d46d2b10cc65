package dev.tandem.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every feed promises. A new feed extends this. */
abstract class FeedContract {

    protected abstract Feed feed();

    @Test
    void givesTheSameRecordsEachTime() {
        assertThat(Made.records(feed()).stream().map(Made::text))
                .isNotEmpty()
                .containsExactlyElementsOf(
                        Made.records(feed()).stream().map(Made::text).toList());
    }

    @Test
    void numbersItsRecordsWithoutAGap() {
        var records = Made.records(feed());

        assertThat(records.stream().map(FeedRecord::number))
                .containsExactlyElementsOf(
                        LongStream.range(0, records.size()).boxed().toList());
    }

    @Test
    void sendsInTheOrderOfArrival() {
        assertThat(Made.records(feed()).stream().map(FeedRecord::arrival)).isSorted();
    }

    @Test
    void knowsItsSize() {
        var feed = feed();

        assertThat(feed.size()).hasValue(Made.records(feed).size());
    }
}
