/**
 * The tweets pipeline as it is usually written for Apache Flink's DataStream API, to be measured beside Tandem. It knows nothing of
 * Tandem: the definition's rules, windows and measures are written here a second time. Types that travel between tasks are public,
 * because Flink's serializer for records asks for it.
 */
@org.jspecify.annotations.NullMarked
package dev.tandem.bench.flink;
