package dev.tandem.feed;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;

/**
 * Tweets that can be made again one by one. The id is {@code seed-n}, so an id found anywhere leads back to its event.
 *
 * <p>Laws: 0 to 4 different tags by Zipf's law, a quarter of them drawn from three that trend for ten minutes, so that neighbouring
 * windows differ; likes and retweets with every power of two as likely as the next; case, and blanks around tags and text, as people
 * leave them.
 */
public final class TweetGenerator implements Generator {

    private static final int USERS = 5_000;
    private static final int TRENDING = 3;
    private static final long TREND_SECONDS = 600;

    private final long seed;
    private final Instant start;
    private final Duration spacing;
    private final TweetWords words = new TweetWords();

    public TweetGenerator(long seed, Instant start, Duration spacing) {
        this.seed = seed;
        this.start = start;
        this.spacing = spacing;
    }

    static Feed feed(Generation generation) {
        if (generation.form() != MessageForm.JSON) {
            throw new IllegalArgumentException(
                    "Cannot generate 'tweets' as CSV: a list of hashtags fits no cell; generate JSON");
        }
        return new GeneratedFeed(
                generation, new TweetGenerator(generation.seed(), generation.start(), generation.spacing()));
    }

    @Override
    public Tweet event(long number) {
        var random = Chance.CONTENT.of(seed, number);
        var time = start.plusNanos(spacing.toNanos() * number).truncatedTo(ChronoUnit.MILLIS);
        var user = random.nextInt(1 + random.nextInt(USERS));
        var typed = typedTags(tags(time, random), random);
        return new Tweet(
                seed + "-" + number,
                Optional.of("user-" + user),
                text(typed, random),
                blanksAround(typed, random),
                OptionalInt.of(skewed(13, random)),
                OptionalInt.of(skewed(9, random)),
                time);
    }

    private int[] tags(Instant time, SplittableRandom random) {
        var tags = new int[tagCount(random.nextInt(100))];
        for (var at = 0; at < tags.length; ) {
            var tag = random.nextInt(4) == 0 ? trendingTag(time, random) : words.popularTag(random);
            if (isNew(tag, tags, at)) {
                tags[at++] = tag;
            }
        }
        return tags;
    }

    private static int tagCount(int percent) {
        if (percent < 20) {
            return 0;
        }
        if (percent < 60) {
            return 1;
        }
        return percent < 85 ? 2 : percent < 96 ? 3 : 4;
    }

    private static boolean isNew(int tag, int[] tags, int count) {
        for (var at = 0; at < count; at++) {
            if (tags[at] == tag) {
                return false;
            }
        }
        return true;
    }

    private int trendingTag(Instant time, SplittableRandom random) {
        var period = Math.floorDiv(time.getEpochSecond(), TREND_SECONDS);
        var bits = Chance.TREND.hash(seed, period * TRENDING + random.nextInt(TRENDING));
        return (int) Long.remainderUnsigned(bits, TweetWords.TAGS);
    }

    private List<String> typedTags(int[] tags, SplittableRandom random) {
        var typed = new ArrayList<String>(tags.length);
        for (var tag : tags) {
            typed.add(words.spelled(tag, random));
        }
        return typed;
    }

    private String text(List<String> tags, SplittableRandom random) {
        var text = new StringBuilder(160);
        text.append(random.nextInt(40) == 0 ? "  " : "").append(words.beginning(random));
        for (var at = 0; at < tags.size(); at++) {
            text.append(" #").append(tags.get(at));
            if (at == 0 && random.nextBoolean()) {
                text.append(' ').append(words.ending(random));
            }
        }
        return text.append(random.nextInt(40) == 0 ? " " : "").toString();
    }

    private static List<String> blanksAround(List<String> typed, SplittableRandom random) {
        if (random.nextInt(16) != 0) {
            return typed;
        }
        return typed.stream()
                .map(tag -> random.nextBoolean() ? " " + tag : tag + " ")
                .toList();
    }

    /** Every power of two equally often, up to {@code bits} of them: many small numbers, a few large ones. */
    private static int skewed(int bits, SplittableRandom random) {
        return random.nextInt(1 << random.nextInt(bits));
    }
}
