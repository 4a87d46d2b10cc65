package dev.tandem.app.run;

import dev.tandem.feed.Feed;
import dev.tandem.feed.FeedRecord;
import dev.tandem.files.FilesLog;
import dev.tandem.fold.LandedLog;
import dev.tandem.model.Pipeline;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Real files as a feed, read as the stream would read them from its folder: the same records in the same order. */
record FilesFeed(FilesLog log, Pipeline pipeline) implements Feed {
    @Override
    public Stream<FeedRecord> records() {
        if (count() == 0) {
            return Stream.empty();
        }
        var records = log.read(new LandedLog.Slice(0, count() - 1));
        return Feed.inOrder(new PlayedRecords(records, pipeline)).onClose(records::close);
    }

    @Override
    public List<String> columns() {
        return PlayedRecords.columns(pipeline);
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.of(count());
    }

    private long count() {
        return log.cut().positions().getOrDefault(0, 0L);
    }
}
