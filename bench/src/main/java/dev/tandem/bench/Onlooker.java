package dev.tandem.bench;

import dev.tandem.model.Source;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * Looks into the database from outside, every few milliseconds, and notes when each landed record can first be read. A record's
 * result rows come in the same transaction. It sees somewhat later than the commit, never earlier.
 */
final class Onlooker implements AutoCloseable {
    private static final int BETWEEN_LOOKS = 10;

    private final Connection connection;
    private final String landing;
    private final Map<Integer, Long> seen = new TreeMap<>();
    private final Histogram latency = new Histogram(3_600_000L, 3);
    private final Thread thread = new Thread(this::look, "bench-onlooker");
    private volatile boolean over;

    Onlooker(Setting setting) throws SQLException {
        connection = setting.connection();
        landing = setting.pipeline().source().landing().fold(Source.Landing.Table::table, segments -> {
            throw new IllegalArgumentException(
                    "Cannot look at records that land in segments: give the measured pipeline a landing table");
        });
        thread.start();
    }

    private void look() {
        try (var ledger = connection.prepareStatement(
                        "select `partition`, max(until_position) from tandem_ledger where `partition` >= 0 group by `partition`");
                var arrivals = connection.prepareStatement(
                        "select arrived_at from `%s` where `partition` = ? and position >= ? and position < ?"
                                .formatted(landing))) {
            while (!over) {
                var until = new TreeMap<Integer, Long>();
                try (var rows = ledger.executeQuery()) {
                    while (rows.next()) {
                        until.put(rows.getInt(1), rows.getLong(2));
                    }
                }
                long now = System.currentTimeMillis();
                for (var end : until.entrySet()) {
                    arrivals.setInt(1, end.getKey());
                    arrivals.setLong(2, seenUntil(end.getKey()));
                    arrivals.setLong(3, end.getValue());
                    try (var rows = arrivals.executeQuery()) {
                        while (rows.next()) {
                            note(now - millis(rows.getObject(1, LocalDateTime.class)));
                        }
                    }
                }
                saw(until);
                Thread.sleep(BETWEEN_LOOKS);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot look into the database: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long millis(LocalDateTime time) {
        return time.toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    private synchronized long seenUntil(int partition) {
        return seen.getOrDefault(partition, 0L);
    }

    private synchronized void saw(Map<Integer, Long> until) {
        seen.putAll(until);
        notifyAll();
    }

    private synchronized void note(long millis) {
        latency.recordValue(Math.max(0, millis));
    }

    /** Leaves out what was seen so far. */
    synchronized void restart() {
        latency.reset();
    }

    /** Waits until it has seen all there is. */
    synchronized void awaitEnd(Map<Integer, Long> end) throws InterruptedException {
        while (thread.isAlive() && !seen.equals(new TreeMap<>(end))) {
            wait(100);
        }
    }

    synchronized double percentile(double percent) {
        return latency.getValueAtPercentile(percent);
    }

    @Override
    public void close() throws SQLException {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.close();
    }
}
