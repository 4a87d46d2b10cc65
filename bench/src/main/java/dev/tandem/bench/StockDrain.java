package dev.tandem.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.feed.Topics;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQueryListener;

/** Reads a full topic to its end with the stock job. Its own process, as for {@link TandemDrain}. */
final class StockDrain {
    private StockDrain() {}

    public static void main(String[] words) throws Exception {
        var setting = Setting.read(Path.of(words[0]));
        setting.forgetTables();
        var tables = new StockTables("", "", "");
        try (var connection = setting.connection()) {
            tables.create(connection);
        }
        long total;
        try (var topics = new Topics(setting.bootstrap())) {
            total = topics.endOffsets(setting.topic()).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
        }
        var spark = SparkSession.builder()
                .appName("stock")
                .master("local[*]")
                .config("spark.local.dir", setting.folder().resolve("scratch").toString())
                .getOrCreate();
        var ends = new Ends(setting.topic(), total, Set.of("raw", "window_stats", "window_totals", "results"));
        spark.streams().addListener(ends);
        long begun = System.nanoTime();
        var queries = new StockJob(spark, setting).start();
        while (!ends.all.await(1, TimeUnit.SECONDS)) {
            for (var query : queries) {
                if (query.exception().isDefined()) {
                    query.exception().get().printStackTrace();
                    Runtime.getRuntime().halt(1);
                }
            }
        }
        double seconds = (ends.last - begun) / 1e9;
        System.out.println(
                new Figures(Map.of("seconds", seconds, "records", (double) total, "cpu", Figures.cpuSeconds())).line());
        System.out.flush();
        // Waiting for four queries to stop measures nothing.
        Runtime.getRuntime().halt(0);
    }

    /** Knows when every query has committed the last record: Spark tells a micro-batch's progress after its commit. */
    private static final class Ends extends StreamingQueryListener {
        private static final ObjectMapper JSON = new ObjectMapper();
        private final String topic;
        private final long total;
        private final Set<String> waiting = ConcurrentHashMap.newKeySet();
        private final CountDownLatch all = new CountDownLatch(1);
        private volatile long last;

        Ends(String topic, long total, Set<String> queries) {
            this.topic = topic;
            this.total = total;
            waiting.addAll(queries);
        }

        @Override
        public void onQueryProgress(QueryProgressEvent event) {
            var progress = event.progress();
            if (reached(progress.sources()[0].endOffset()) && waiting.remove(progress.name()) && waiting.isEmpty()) {
                last = System.nanoTime();
                all.countDown();
            }
        }

        private boolean reached(String offsets) {
            try {
                long sum = 0;
                for (var offset : JSON.readTree(offsets).path(topic)) {
                    sum += offset.asLong();
                }
                return sum >= total;
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("Cannot read Spark's offsets " + offsets, e);
            }
        }

        @Override
        public void onQueryStarted(QueryStartedEvent event) {
            // Only the end matters.
        }

        @Override
        public void onQueryTerminated(QueryTerminatedEvent event) {
            // Seen by the one who waits.
        }
    }
}
