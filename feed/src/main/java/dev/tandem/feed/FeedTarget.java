package dev.tandem.feed;

import dev.tandem.model.KafkaAddress;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a feed goes and how fast.
 *
 * @param kafka the cluster that has the topic
 * @param truth the file that is told what was sent; empty for none
 */
public record FeedTarget(KafkaAddress kafka, String topic, Pace pace, Optional<Path> truth) {
    /** Of a cluster without TLS and login, such as {@code 127.0.0.1:9092}. */
    public FeedTarget(String bootstrap, String topic, Pace pace, Optional<Path> truth) {
        this(KafkaAddress.plain(bootstrap), topic, pace, truth);
    }
}
