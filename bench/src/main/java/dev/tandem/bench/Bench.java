package dev.tandem.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures Tandem beside Flink, a stock Spark job and DuckDB on the same machine, the same servers and the same records, in turns, and prints ratios:
 * a ratio of runs that alternate can be repeated elsewhere, a number of events a second cannot.
 */
@Command(name = "./dev bench", mixinStandardHelpOptions = true, sortOptions = false)
public final class Bench implements Callable<Integer> {
    @Option(
            names = "--only",
            description = "drain, batch, latency, views or start-up; all of them if left out",
            split = ",")
    private List<String> only = List.of("drain", "batch", "latency", "views", "start-up");

    @Option(names = "--events", description = "events of drain, batch and views; default ${DEFAULT-VALUE}")
    private long events = 1_000_000;

    @Option(names = "--rounds", description = "how often each is measured; default ${DEFAULT-VALUE}")
    private int rounds = 2;

    @Option(names = "--without-stock", description = "leave the stock job out")
    private boolean withoutStock;

    @Option(names = "--without-flink", description = "leave the Flink job out")
    private boolean withoutFlink;

    @Option(names = "--heap", description = "Java's heap of each measured process; default ${DEFAULT-VALUE}")
    private String heap = "2g";

    @Option(
            names = "--large",
            description = "max_records of Tandem where the log is in segments; default ${DEFAULT-VALUE}")
    private int large = 200_000;

    @Option(names = "--rate", description = "events a second for the latency; default ${DEFAULT-VALUE}")
    private double rate = 1_000;

    @Option(names = "--seconds", description = "how long latency is measured, after 10 s; default ${DEFAULT-VALUE}")
    private int seconds = 60;

    @Option(names = "--trigger", description = "milliseconds between micro-batches for the latency; default 0: at once")
    private int trigger;

    @Option(names = "--java", description = "further options for Tandem's measured processes", split = " ")
    private List<String> java = List.of();

    @Option(names = "--checkout", hidden = true)
    private Path checkout = Path.of("").toAbsolutePath();

    public static void main(String[] words) {
        System.exit(new CommandLine(new Bench()).execute(words));
    }

    @Override
    public Integer call() throws Exception {
        var home = checkout.resolve("bench/target/bench");
        var installation = checkout.resolve("app/target/tandem");
        Ground.forget(home.resolve("runs"));
        if (only.stream().anyMatch(List.of("drain", "batch", "latency", "views")::contains)) {
            try (var ground = new Ground(home, installation)) {
                var setting = setting(ground, home, installation);
                if (only.contains("drain")) {
                    new DrainComparison(ground, setting, programs(), large, opponents()).measure(events, rounds);
                }
                if (only.contains("batch")) {
                    new BatchComparison(ground, setting, programs()).measure(events, rounds);
                }
                if (only.contains("views")) {
                    views(ground, setting);
                }
                if (only.contains("latency")) {
                    latency(ground, setting);
                }
            }
        }
        if (only.contains("start-up")) {
            new Walls(checkout, home.resolve("start-up")).measure(3);
        }
        return 0;
    }

    private Setting setting(Ground ground, Path home, Path installation) {
        var definition = installation.resolve("pipelines/tweets/pipeline.yaml");
        return new Setting(
                ground.bootstrap(),
                ground.database(),
                definition,
                home.resolve("runs"),
                0,
                Duration.ofMillis(trigger),
                rate,
                Duration.ofSeconds(10),
                Duration.ofSeconds(seconds));
    }

    private List<String> opponents() {
        var opponents = new ArrayList<String>();
        if (!withoutFlink) {
            opponents.add(DrainComparison.FLINK);
        }
        if (!withoutStock) {
            opponents.add(DrainComparison.STOCK);
        }
        return opponents;
    }

    /** The same topic drained by one view and by ten, in turns. */
    private void views(Ground ground, Setting setting) throws IOException, InterruptedException {
        ground.topics(setting.topic());
        long records = ground.fill(setting.topic(), events);
        System.out.printf("%nviews: %,d records from Kafka; seconds from Spark being up to the last commit%n", records);
        Told.line("", "seconds", "events/s", "");
        var took = new LinkedHashMap<String, List<Double>>();
        for (int round = 1; round <= rounds; round++) {
            for (int views : new int[] {1, 10}) {
                var definition = new ManyViews(setting.definition(), views).write(setting.folder());
                var own = setting.with(definition).at(setting.folder().resolve("views-" + views), large);
                note(took, views + " views", run(TandemDrain.class, own, "tandem-" + round, large));
            }
        }
        System.out.printf(
                "%nten views take %.2f times as long as one%n",
                Told.median(took.getOrDefault("10 views", List.of()))
                        / Told.median(took.getOrDefault("1 views", List.of())));
    }

    private Programs programs() {
        return new Programs(checkout, heap, java);
    }

    private Figures run(Class<?> program, Setting setting, String name, int maxRecords)
            throws IOException, InterruptedException {
        return programs().tandem(program).run(setting.at(setting.folder().resolve(name), maxRecords));
    }

    private static void note(Map<String, List<Double>> took, String name, Figures figures) {
        double seconds = figures.of("seconds");
        took.computeIfAbsent(name, key -> new ArrayList<>()).add(seconds);
        Told.line(name, Told.ratio(seconds), "%,.0f".formatted(figures.of("records") / seconds), Told.load());
        System.out.println("    " + figures.line());
    }

    private void latency(Ground ground, Setting setting) throws IOException, InterruptedException {
        System.out.printf(
                "%nlatency: %,.0f events/s for %d s after 10 s of warm-up; ms from arrival in Kafka%n", rate, seconds);
        Told.line("", "p50", "p95", "p99", "max", "");
        for (int round = 1; round <= rounds; round++) {
            ground.topics(setting.topic());
            int most = setting.pipeline().stream().maxRecords();
            var figures = run(LiveLatency.class, setting, "latency-" + round, most);
            percentiles("to its commit, as Tandem tells", "", figures);
            percentiles("to its row, seen from outside", "seen-", figures);
            System.out.println("    " + figures.line());
        }
    }

    private static void percentiles(String name, String prefix, Figures figures) {
        Told.line(
                name,
                Told.whole(figures.of(prefix + "p50")),
                Told.whole(figures.of(prefix + "p95")),
                Told.whole(figures.of(prefix + "p99")),
                Told.whole(figures.of(prefix + "max")),
                Told.load());
    }
}
