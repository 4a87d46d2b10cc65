package dev.tandem.diff.attach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.diff.attach.Behaviour.Emission;
import dev.tandem.diff.attach.Clock.Reach;
import dev.tandem.diff.attach.Duplicates.Kind;
import dev.tandem.diff.attach.SimulatedJob.Place;
import dev.tandem.diff.attach.SimulatedJob.Sent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random jobs over random logs: what is inferred must be how the job works, or cannot be told from it by this data. And what is told to be
 * the same must be the same: the job is run again in the way that was told, and must give the same table.
 */
class RandomJobsTest {
    private static final long START = Duration.ofDays(20_500).toMillis();
    private static final List<Kind> WITHOUT_HORIZON =
            List.of(Kind.COUNTED, Kind.FIRST, Kind.LAST, Kind.FIRST_IN_TIME, Kind.WITHIN_DELAY);
    private static final List<Lateness> LATENESS = List.of(Lateness.values());
    private static final List<Duration> PACES =
            List.of(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMinutes(1));
    private static final List<Duration> DELAYS = List.of(
            Duration.ofMillis(333),
            Duration.ofSeconds(10),
            Duration.ofSeconds(47),
            Duration.ofMinutes(2),
            Duration.ofMinutes(4));

    private final Map<Integer, Long> positions = new HashMap<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void areFoundOut(int seed, @TempDir Path folder) throws Exception {
        var random = new Random(seed);
        int partitions = seed % 3 == 0 ? 1 : 2 + random.nextInt(2);
        var log = log(random, partitions);
        var job = job(random, partitions);
        var table = job.table(log, partitions);

        var inference = new Case(folder, log, partitions).infer(table);

        assertThat(inference.reproduced()).as(job.toString()).isEqualTo(inference.rows());
        assertThat(inference.allows(behaviour(job), job.delay()))
                .as("%s%n%s%n%s", job, new InferenceWords(inference).behaviour(), inference)
                .isTrue();
        ties(inference)
                .forEach(tie -> assertThat(plain(tie.table(log, partitions)))
                        .as("%s told to be as %s", tie, job)
                        .isEqualTo(plain(table)));
    }

    /** With many clocks, horizons are tried with the best of them only, so a tie may name another clock. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void areFoundOutToForgetKeys(int seed, @TempDir Path folder) throws Exception {
        var random = new Random(seed);
        int partitions = seed % 2 == 0 ? 1 : 2;
        var log = log(random, partitions);
        var kind = seed % 3 == 0 ? Kind.WITHIN_ARRIVAL : Kind.WITHIN_EVENT_TIME;
        var horizon = Duration.ofMinutes(seed % 2 == 0 ? 1 : 5);
        var job = new SimulatedJob(
                Reach.ALL,
                0,
                false,
                Lateness.BEHIND,
                new Duplicates(kind, horizon.toNanos() / 1_000),
                Duration.ofSeconds(30).toNanos() / 1_000,
                false);

        var inference = new Case(folder, log, partitions).infer(job.table(log, partitions));

        assertThat(inference.complete())
                .as(new InferenceWords(inference).behaviour())
                .isTrue();
        assertThat(inference.allows(behaviour(job), job.delay()))
                .as("%s%n%s", job, inference)
                .isTrue();
    }

    private List<Sent> log(Random random, int partitions) {
        var log = new ArrayList<Sent>();
        long arrived = START;
        var copies = new ArrayList<Sent>();
        for (int number = 0; number < 1_500; number++) {
            arrived += random.nextInt(3_000);
            boolean late = random.nextInt(12) == 0;
            long event = (arrived - random.nextInt(late ? 500_000 : 4_000)) * 1_000;
            var sent = new Sent(
                    random.nextInt(partitions),
                    0,
                    arrived,
                    event,
                    "id-" + number,
                    "k" + random.nextInt(3),
                    random.nextInt(100));
            log.add(sent);
            for (int copy = random.nextInt(14) == 0 ? 1 + random.nextInt(2) : 0; copy > 0; copy--) {
                copies.add(copy(sent, random, partitions));
            }
        }
        log.addAll(copies);
        log.sort(Comparator.comparingLong(Sent::arrived).thenComparingInt(Sent::partition));
        return log.stream().map(this::placed).toList();
    }

    /** A copy has the event of the first one, or, as a correction has, another amount. */
    private static Sent copy(Sent sent, Random random, int partitions) {
        return new Sent(
                random.nextInt(partitions),
                0,
                sent.arrived() + 1 + random.nextInt(900_000),
                sent.event(),
                sent.id(),
                sent.key(),
                random.nextInt(100));
    }

    private Sent placed(Sent sent) {
        long position = positions.merge(sent.partition(), 1L, Long::sum);
        return new Sent(sent.partition(), position, sent.arrived(), sent.event(), sent.id(), sent.key(), sent.amount());
    }

    private static SimulatedJob job(Random random, int partitions) {
        var lateness = LATENESS.get(random.nextInt(LATENESS.size()));
        var pace = PACES.get(random.nextInt(PACES.size()));
        boolean each = pace.isZero();
        var reaches = partitions == 1
                ? List.of(Reach.ALL)
                : each ? List.of(Reach.values()) : List.of(Reach.ALL, Reach.SLOWEST);
        var kind = WITHOUT_HORIZON.get(random.nextInt(lateness == Lateness.KEPT ? 3 : WITHOUT_HORIZON.size()));
        long delay = DELAYS.get(random.nextInt(DELAYS.size())).toNanos() / 1_000;
        boolean kept = lateness == Lateness.KEPT;
        return new SimulatedJob(
                kept ? Reach.ALL : reaches.get(random.nextInt(reaches.size())),
                kept ? 0 : pace.toNanos() / 1_000,
                !kept && !each && random.nextBoolean(),
                lateness,
                new Duplicates(kind, 0),
                delay,
                random.nextInt(3) == 0);
    }

    private static Behaviour behaviour(SimulatedJob job) {
        boolean each = job.micros() == 0;
        var clock = new Clock(
                job.reach(),
                each ? new Clock.Pace.EachRecord() : new Clock.Pace.Every(Duration.ofNanos(job.micros() * 1_000)),
                each ? 0 : job.back() ? 2 : 1);
        return new Behaviour(clock, job.lateness(), job.duplicates(), job.closed() ? Emission.CLOSED : Emission.UPDATE);
    }

    /** The jobs that were told to give the same table: each behaviour with the first and the last of its delays. */
    private static List<SimulatedJob> ties(Inference inference) {
        var jobs = new ArrayList<SimulatedJob>();
        jobs.addAll(jobs(inference.behaviour(), inference.delays()));
        inference.ties().forEach(tie -> jobs.addAll(jobs(tie.behaviour(), tie.delays())));
        return jobs;
    }

    private static List<SimulatedJob> jobs(Behaviour behaviour, List<DelaySpan> delays) {
        var jobs = new ArrayList<SimulatedJob>();
        for (var span : delays) {
            long longest = Duration.ofDays(365).toNanos() / 1_000;
            for (long delay : List.of(span.after() + 1, Math.min(longest, span.until()))) {
                jobs.add(new SimulatedJob(
                        behaviour.clock().reach(),
                        behaviour.clock().pace() instanceof Clock.Pace.Every every
                                ? every.trigger().toNanos() / 1_000
                                : 0,
                        behaviour.clock().lag() == 2,
                        behaviour.lateness(),
                        behaviour.duplicates(),
                        delay,
                        behaviour.emission() == Emission.CLOSED));
            }
        }
        return jobs;
    }

    private static SortedMap<Place, List<Long>> plain(Map<Place, long[]> table) {
        var plain = new TreeMap<Place, List<Long>>();
        table.forEach((place, row) -> plain.put(place, List.of(row[0], row[1])));
        return plain;
    }
}
