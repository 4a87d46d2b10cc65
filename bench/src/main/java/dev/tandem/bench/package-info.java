/** How fast: the drain of a topic beside a stock Spark job, latency under steady load, and start-up. */
@org.jspecify.annotations.NullMarked
package dev.tandem.bench;
