package dev.tandem.feed;

import java.util.SplittableRandom;

/**
 * The source of chance for one number: a function of a seed, a purpose and the number, without a clock and without state.
 *
 * <p>Seed and number go through a mixing function (David Stafford's variant 13). {@code new SplittableRandom(seed + n * gamma)}
 * would be a trap: the second draw of event n would be the first draw of event n + 1.
 */
enum Chance {
    CONTENT(1),
    FAULTS(2),
    MALFORMING(3),
    DISORDER(4),
    TREND(5),
    SAMPLE(6),
    DIMENSION(7),
    WALK(8),
    PAUSE(9),
    SIDE(10);

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final long purpose;

    Chance(long purpose) {
        this.purpose = purpose;
    }

    SplittableRandom of(long seed, long number) {
        return new SplittableRandom(hash(seed, number));
    }

    /** 64 even bits for a number, cheaper than a random source where one draw is enough. */
    long hash(long seed, long number) {
        return mix(mix(mix(seed) + purpose * GOLDEN) ^ mix(number));
    }

    private static long mix(long bits) {
        var mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
