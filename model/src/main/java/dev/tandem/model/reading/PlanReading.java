package dev.tandem.model.reading;

import dev.tandem.model.Durations;
import dev.tandem.model.Generate;
import dev.tandem.model.Measure;
import dev.tandem.model.Plans;
import dev.tandem.model.Plans.Tolerance;
import dev.tandem.model.View;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a pipeline runs and what is asked of it: {@code stream}, {@code batch}, {@code parity}, {@code targets}, {@code generate}. */
final class PlanReading {
    private static final int MOST_RECORDS = 50_000;
    private static final String NUMBER = "([0-9]{1,18}(?:\\.[0-9]{1,18})?(?:[eE]-?[0-9]{1,2})?)";
    private static final Pattern RATE = Pattern.compile(NUMBER + "\\s*/\\s*s");
    private static final Pattern PERCENT = Pattern.compile(NUMBER + "\\s*%");
    private static final Pattern TOLERANCE = Pattern.compile(NUMBER + "\\s*(absolute|relative|%)");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Problems problems;

    PlanReading(Problems problems) {
        this.problems = problems;
    }

    Plans.Stream stream(YamlMap top) {
        var map = top.map("stream");
        var trigger = map.flatMap(it -> it.duration("trigger")).orElse(Duration.ofSeconds(1));
        var most = map.flatMap(it -> it.whole("max_records", 1)).orElse(MOST_RECORDS);
        map.ifPresent(YamlMap::refuseOthers);
        return new Plans.Stream(trigger, most);
    }

    Plans.Batch batch(YamlMap top) {
        var map = top.map("batch");
        var schedule = map.flatMap(it -> it.map("schedule")).map(it -> {
            var read = new Plans.Schedule(
                    it.requiredText("cron", "55 23 * * *"), it.zone("zone").orElse((ZoneId) ZoneOffset.UTC));
            it.refuseOthers();
            return read;
        });
        map.ifPresent(YamlMap::refuseOthers);
        return new Plans.Batch(schedule);
    }

    Plans.Parity parity(YamlMap top, List<View> views) {
        var map = top.map("parity");
        var report = map.flatMap(it -> it.text("report")).orElse("comparison/output");
        Map<String, Tolerance> measures = new LinkedHashMap<>();
        var fallback = new Tolerance[] {Tolerance.EXACT};
        map.flatMap(it -> it.map("tolerance")).ifPresent(tolerances -> {
            var known = measureNames(views);
            for (var name : tolerances.keys()) {
                var read = tolerances.converted(
                        name,
                        PlanReading::tolerance,
                        "is not a tolerance",
                        "write exact, 1%, 0.5 absolute or 1e-9 relative");
                if (name.equals("default")) {
                    fallback[0] = read.orElse(Tolerance.EXACT);
                } else if (known.contains(name)) {
                    measures.put(name, read.orElse(Tolerance.EXACT));
                } else {
                    problems.add(
                            tolerances.placeOfKey(name),
                            "there is no measure '%s'".formatted(name),
                            Problems.mend(name, known));
                }
            }
        });
        map.ifPresent(YamlMap::refuseOthers);
        return new Plans.Parity(measures, fallback[0], report);
    }

    private static List<String> measureNames(List<View> views) {
        return views.stream()
                .filter(View.Grouped.class::isInstance)
                .flatMap(view -> ((View.Grouped) view).measures().stream())
                .map(Measure::name)
                .distinct()
                .toList();
    }

    private static Optional<Tolerance> tolerance(String text) {
        if (text.equals("exact")) {
            return Optional.of(Tolerance.EXACT);
        }
        var matcher = TOLERANCE.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var kind = switch (matcher.group(2)) {
            case "absolute" -> Tolerance.Kind.ABSOLUTE;
            case "relative" -> Tolerance.Kind.RELATIVE;
            default -> Tolerance.Kind.PERCENT;
        };
        return Optional.of(new Tolerance(kind, new BigDecimal(matcher.group(1))));
    }

    Plans.Targets targets(YamlMap top) {
        var map = top.map("targets");
        var targets = new Plans.Targets(
                map.flatMap(it -> it.converted("parity", PlanReading::percent, "is not a percentage", "write e.g. 1%")),
                map.flatMap(it -> it.duration("latency_p95")),
                map.flatMap(it -> it.converted("throughput", PlanReading::rate, "is not a rate", "write e.g. 100/s")));
        map.ifPresent(YamlMap::refuseOthers);
        return targets;
    }

    private static Optional<BigDecimal> percent(String text) {
        var matcher = PERCENT.matcher(text.strip());
        return matcher.matches() ? Optional.of(new BigDecimal(matcher.group(1))) : Optional.empty();
    }

    private static Optional<BigDecimal> rate(String text) {
        var matcher = RATE.matcher(text.strip());
        return matcher.matches()
                ? Optional.of(new BigDecimal(matcher.group(1))).filter(it -> it.signum() > 0)
                : Optional.empty();
    }

    Optional<Generate> generate(YamlMap top) {
        return top.map("generate").map(map -> {
            var model = map.requiredText("model", "tweets");
            var rate = map.converted("rate", PlanReading::rate, "is not a rate", "write e.g. 120/s")
                    .orElse(BigDecimal.valueOf(100));
            long seed = map.seed("seed").orElse(1L);
            Map<String, Generate.Fault> faults = new LinkedHashMap<>();
            map.map("faults").ifPresent(all -> all.keys().forEach(name -> faults.put(name, fault(all, name))));
            map.refuseOthers();
            return new Generate(model, seed, rate.doubleValue(), faults);
        });
    }

    /** {@code 0.2%}, or {@code { share: 2%, delay: 10s..10m }}. */
    private Generate.Fault fault(YamlMap all, String name) {
        var node = all.node(name).orElseThrow();
        if (node instanceof org.snakeyaml.engine.v2.nodes.ScalarNode) {
            return new Generate.Fault(share(all, name), Optional.empty());
        }
        var map = YamlMap.of(node, "'" + name + "'", problems);
        var delay = map.converted("delay", PlanReading::delay, "is not a range of times", "write e.g. 10s..10m");
        var fault = new Generate.Fault(share(map, "share"), delay);
        map.refuseOthers();
        return fault;
    }

    private static double share(YamlMap map, String key) {
        return map.converted(
                        key,
                        text -> percent(text).filter(it -> it.compareTo(HUNDRED) <= 0),
                        "is not a share",
                        "write e.g. 1%")
                .map(it -> it.movePointLeft(2).doubleValue())
                .orElse(0.0);
    }

    private static Optional<Generate.Delay> delay(String text) {
        var ends = text.split("\\.\\.", 2);
        if (ends.length != 2) {
            return Optional.empty();
        }
        var from = Durations.read(ends[0]);
        var to = Durations.read(ends[1]);
        return from.isPresent() && to.isPresent() && from.get().compareTo(to.get()) <= 0
                ? Optional.of(new Generate.Delay(from.get(), to.get()))
                : Optional.empty();
    }
}
