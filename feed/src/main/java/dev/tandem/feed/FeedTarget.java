package dev.tandem.feed;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a feed goes and how fast.
 *
 * @param bootstrap the broker's address, such as {@code 127.0.0.1:9092}
 * @param truth the file that is told what was sent; empty for none
 */
public record FeedTarget(String bootstrap, String topic, Pace pace, Optional<Path> truth) {}
