package dev.tandem.model.reading;

import dev.tandem.model.Durations;
import dev.tandem.model.Generate;
import dev.tandem.model.keys.PlanKeys;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The synthetic feed: {@code generate}. Keys that all generators share are read; others are settings of the one that is named. */
final class GenerateReading {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final String RANGE = "is not a range of times";

    private final Problems problems;

    GenerateReading(Problems problems) {
        this.problems = problems;
    }

    Optional<Generate> generate(YamlMap top) {
        return top.map("generate").map(map -> {
            var model = map.requiredText("model", "tweets");
            var rate = map.converted("rate", PlanReading::rate, "is not a rate", "write e.g. 120/s")
                    .orElse(HUNDRED);
            long seed = map.seed("seed").orElse(1L);
            Map<String, Generate.Fault> faults = new LinkedHashMap<>();
            map.map("faults").ifPresent(all -> all.keys().forEach(name -> faults.put(name, fault(all, name))));
            var pace = map.map("pace").flatMap(this::pace);
            return new Generate(model, seed, rate.doubleValue(), faults, settings(map), pace);
        });
    }

    private Map<String, String> settings(YamlMap map) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (var key : map.keys()) {
            if (!PlanKeys.GENERATE.names().contains(key)) {
                map.checkName(key, map.placeOfKey(key));
                setting(map, key).ifPresent(text -> settings.put(key, text));
            }
        }
        return settings;
    }

    /** A list becomes one text, with commas. */
    private static Optional<String> setting(YamlMap map, String key) {
        return map.node(key).filter(SequenceNode.class::isInstance).isPresent()
                ? Optional.of(map.texts(key).stream().collect(Collectors.joining(", ")))
                : map.text(key);
    }

    private Optional<Generate.Batches> pace(YamlMap map) {
        map.requiredText("batch", "100");
        var size = map.whole("batch", 1);
        map.onlyOneOf(List.of("sleep", "every"), "the pace", "write e.g. 'sleep: 1s..3s' or 'every: 10 seconds'");
        var sleep = map.converted("sleep", GenerateReading::range, RANGE, "write e.g. 1s..3s");
        var every = map.duration("every").map(it -> new Generate.Delay(it, it));
        map.refuseOthers(PlanKeys.PACE);
        var pause = sleep.or(() -> every);
        return size.flatMap(it -> pause.map(range -> new Generate.Batches(it, range.from(), range.to())));
    }

    /** {@code 0.2%}, {@code { share: 2%, delay: 10s..10m }} or {@code { every: 20, delay: 3 minutes }}. */
    private Generate.Fault fault(YamlMap all, String name) {
        all.checkName(name, all.placeOfKey(name));
        var node = all.node(name).orElseThrow();
        if (node instanceof ScalarNode) {
            return new Generate.Fault(share(all, name), Optional.empty());
        }
        var map = YamlMap.of(node, "'" + name + "'", problems);
        map.onlyOneOf(
                List.of("share", "every"), "the fault '%s'".formatted(name), "write e.g. 'share: 2%' or 'every: 20'");
        var share = share(map, "share");
        var every = map.whole("every", 1);
        var delay = map.converted("delay", GenerateReading::range, RANGE, "write e.g. 10s..10m or 3 minutes");
        map.refuseOthers(PlanKeys.FAULT);
        return new Generate.Fault(every.map(it -> 1.0 / it).orElse(share), delay);
    }

    private static double share(YamlMap map, String key) {
        return map.converted(
                        key,
                        text -> PlanReading.percent(text).filter(it -> it.compareTo(HUNDRED) <= 0),
                        "is not a share",
                        "write e.g. 1%")
                .map(it -> it.movePointLeft(2).doubleValue())
                .orElse(0.0);
    }

    /** {@code 10s..10m}, or one time that is both ends. */
    private static Optional<Generate.Delay> range(String text) {
        var ends = text.split("\\.\\.", 2);
        Optional<Duration> from = Durations.read(ends[0]);
        Optional<Duration> to = Durations.read(ends[ends.length - 1]);
        return from.isPresent() && to.isPresent() && from.get().compareTo(to.get()) <= 0
                ? Optional.of(new Generate.Delay(from.get(), to.get()))
                : Optional.empty();
    }
}
