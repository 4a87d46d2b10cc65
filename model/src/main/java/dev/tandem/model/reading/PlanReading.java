package dev.tandem.model.reading;

import dev.tandem.model.Measure;
import dev.tandem.model.Plans;
import dev.tandem.model.Plans.Tolerance;
import dev.tandem.model.Step;
import dev.tandem.model.View;
import dev.tandem.model.keys.PlanKeys;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How a pipeline runs and what is asked of it: {@code stream}, {@code batch}, {@code parity} and {@code targets}. */
final class PlanReading {
    private static final int MOST_RECORDS = 50_000;
    private static final Duration RETRY_FOR = Duration.ofMinutes(10);
    private static final String NUMBER = "([0-9]{1,18}(?:\\.[0-9]{1,18})?(?:[eE]-?[0-9]{1,2})?)";
    private static final String WEBHOOK = "https://hooks.example.com/tandem";
    private static final Pattern RATE = Pattern.compile(NUMBER + "\\s*/\\s*s");
    private static final Pattern PERCENT = Pattern.compile(NUMBER + "\\s*%");
    private static final Pattern TOLERANCE = Pattern.compile(NUMBER + "\\s*(absolute|relative|%)");

    private final Problems problems;

    PlanReading(Problems problems) {
        this.problems = problems;
    }

    Plans.Stream stream(YamlMap top, List<View> views) {
        var map = top.map("stream");
        var trigger = map.flatMap(it -> it.duration("trigger")).orElse(Duration.ofSeconds(1));
        var most = map.flatMap(it -> it.whole("max_records", 1)).orElse(MOST_RECORDS);
        var closedOnly =
                map.map(it -> new EmitReading(problems, views).closedOnly(it)).orElse(Set.of());
        var retryFor = map.flatMap(it -> it.duration("retry_for")).orElse(RETRY_FOR);
        var log = map.flatMap(it -> it.filledText("log", "logs/stream.log"));
        map.ifPresent(it -> it.refuseOthers(PlanKeys.STREAM));
        return new Plans.Stream(trigger, most, closedOnly, retryFor, log);
    }

    Plans.Batch batch(YamlMap top) {
        var map = top.map("batch");
        var schedule = map.flatMap(it -> it.map("schedule")).map(this::schedule);
        var log = map.flatMap(it -> it.filledText("log", "logs/batch.log"));
        map.ifPresent(it -> it.refuseOthers(PlanKeys.BATCH));
        return new Plans.Batch(schedule, log);
    }

    private Plans.Schedule schedule(YamlMap map) {
        var every = map.duration("every");
        var zone = map.zone("zone").orElse((ZoneId) ZoneOffset.UTC);
        map.refuseWithout("zone", "cron");
        if (every.filter(Duration::isZero).isPresent()) {
            problems.add(map.placeOfValue("every"), "a schedule needs a pause above zero", "write e.g. 10 minutes");
        }
        if (map.has("every") && map.has("cron")) {
            problems.add(map.placeOfKey("every"), "the schedule has both 'cron' and 'every'", "keep one of them");
        }
        var cron = map.has("every") ? map.text("cron").orElse("") : map.requiredText("cron", "55 23 * * *");
        map.refuseOthers(PlanKeys.SCHEDULE);
        return every.<Plans.Schedule>map(Plans.Schedule.Every::new)
                .orElseGet(() -> new Plans.Schedule.Cron(cron, zone));
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
                            "there is no measure or derived column '%s'".formatted(name),
                            Problems.hint(name, known));
                }
            }
        });
        map.ifPresent(it -> it.refuseOthers(PlanKeys.PARITY));
        return new Plans.Parity(measures, fallback[0], report);
    }

    private static List<String> measureNames(List<View> views) {
        return views.stream()
                .filter(View.Grouped.class::isInstance)
                .map(View.Grouped.class::cast)
                .flatMap(view -> Stream.concat(
                        view.measures().stream().map(Measure::name),
                        view.derive().stream().map(Step.Named::name)))
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

    Plans.Targets targets(YamlMap top, List<View> views) {
        var map = top.map("targets");
        var targets = new Plans.Targets(
                map.flatMap(it -> percent(it, "parity")),
                map.flatMap(it -> it.map("measures"))
                        .map(it -> measures(it, measureNames(views)))
                        .orElse(Map.of()),
                map.flatMap(it -> it.duration("latency_p95")),
                map.flatMap(it -> it.converted("throughput", PlanReading::rate, "is not a rate", "write e.g. 100/s")),
                map.flatMap(it -> it.map("alert")).flatMap(this::alert));
        map.ifPresent(it -> it.refuseOthers(PlanKeys.TARGETS));
        return targets;
    }

    private static Optional<BigDecimal> percent(YamlMap map, String key) {
        return map.converted(key, PlanReading::percent, "is not a percentage", "write e.g. 1%");
    }

    private Map<String, BigDecimal> measures(YamlMap map, List<String> known) {
        var measures = new LinkedHashMap<String, BigDecimal>();
        for (var name : map.keys()) {
            percent(map, name).ifPresent(it -> measures.put(name, it));
            if (!known.contains(name)) {
                problems.add(
                        map.placeOfKey(name),
                        "there is no measure or derived column '%s'".formatted(name),
                        Problems.hint(name, known));
            }
        }
        return measures;
    }

    private Optional<Plans.Alert> alert(YamlMap map) {
        var text = map.requiredText("webhook", WEBHOOK);
        var webhook = webhook(text);
        if (!text.isBlank() && webhook.isEmpty()) {
            problems.add(
                    map.placeOfValue("webhook"), "'%s' is no http address".formatted(text), "write e.g. " + WEBHOOK);
        }
        var when = map.word("when", PlanKeys.ALERT.words("when"), "does not say when somebody is told")
                .map(word -> Plans.Alert.When.valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(Plans.Alert.When.FAILED);
        map.refuseOthers(PlanKeys.ALERT);
        return webhook.map(it -> new Plans.Alert(it, when));
    }

    private static Optional<URI> webhook(String text) {
        try {
            var address = new URI(text);
            boolean http = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            return http && address.getHost() != null ? Optional.of(address) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    static Optional<BigDecimal> percent(String text) {
        var matcher = PERCENT.matcher(text.strip());
        return matcher.matches() ? Optional.of(new BigDecimal(matcher.group(1))) : Optional.empty();
    }

    static Optional<BigDecimal> rate(String text) {
        var matcher = RATE.matcher(text.strip());
        return matcher.matches()
                ? Optional.of(new BigDecimal(matcher.group(1))).filter(it -> it.signum() > 0)
                : Optional.empty();
    }
}
