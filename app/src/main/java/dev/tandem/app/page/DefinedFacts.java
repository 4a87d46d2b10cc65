package dev.tandem.app.page;

import dev.tandem.app.schedule.Timetable;
import dev.tandem.app.schedule.UnusableSchedule;
import dev.tandem.model.Durations;
import dev.tandem.model.Mode;
import dev.tandem.model.Output;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Plans;
import dev.tandem.model.Source;
import dev.tandem.model.Step;
import dev.tandem.page.data.PipelineFacts;
import dev.tandem.page.data.PipelineFacts.Schedule;
import dev.tandem.page.data.PipelineFacts.Sink;
import dev.tandem.page.data.PipelineFacts.ViewFacts;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A definition in the words of the page. */
final class DefinedFacts {
    private static final int NEXT = 5;
    private static final Duration AHEAD = Duration.ofDays(365);
    private static final int MOST_WARNINGS = 3;

    private DefinedFacts() {}

    static PipelineFacts of(ServedPipeline served, List<ViewFacts> views, Instant now) {
        var pipeline = served.pipeline();
        return new PipelineFacts(
                pipeline.name(),
                pipeline.about(),
                pipeline.zone().getId(),
                source(pipeline),
                topics(pipeline),
                landing(pipeline.source().landing()),
                "every " + Durations.told(pipeline.stream().trigger()),
                steps(pipeline),
                views,
                pipeline.outputs().stream().map(DefinedFacts::sink).toList(),
                schedule(pipeline, now),
                targets(pipeline.targets()),
                served.definition(),
                pipeline.hash());
    }

    private static String landing(Source.Landing landing) {
        return landing.fold(
                table -> "%s in %s".formatted(table.table(), table.database()),
                segments -> "files in %s, ledger in %s".formatted(segments.folder(), segments.database()));
    }

    private static String source(Pipeline pipeline) {
        return pipeline.source()
                .fold(
                        kafka -> (kafka.topics().size() == 1 ? "Kafka topic " : "Kafka topics ") + kafka.names(),
                        files -> "files in " + files.folder(),
                        rows -> rows.place().told());
    }

    /** The source's first. */
    static List<String> topics(Pipeline pipeline) {
        var topics = new ArrayList<String>();
        pipeline.source().<Boolean>fold(kafka -> topics.addAll(kafka.topics()), files -> false, rows -> false);
        pipeline.topics().stream().map(Output.Topic::topic).distinct().forEach(topics::add);
        return topics;
    }

    private static List<String> steps(Pipeline pipeline) {
        var steps = new ArrayList<String>();
        pipeline.steps().forEach(step -> steps.add(told(step, pipeline)));
        steps.add("wait %s for what comes late, then close the window"
                .formatted(Durations.told(pipeline.watermark().delay())));
        return steps;
    }

    private static String told(Step step, Pipeline pipeline) {
        return step.fold(
                set -> "set " + names(set.assignments()),
                require -> "require, else quarantine: " + names(require.rules()),
                keep -> "keep where " + keep.condition(),
                split -> "lead out " + names(split.branches()),
                join -> "join " + join.dimension(),
                dedup -> pipeline.dedup()
                        .map(it -> "keep one of each " + String.join(", ", it.by()))
                        .orElse("keep one of each"));
    }

    private static String names(List<Step.Named> named) {
        return named.stream().map(Step.Named::name).collect(Collectors.joining(", "));
    }

    private static Sink sink(Output output) {
        var modes = output.only().map(Mode::word).orElse("both");
        return new Sink(output.what().name(), kind(output), place(output), modes);
    }

    private static String kind(Output output) {
        return output.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
    }

    private static String place(Output output) {
        return output.fold(
                table -> Arrays.stream(Mode.values())
                        .filter(table::writes)
                        .map(table::table)
                        .collect(Collectors.joining(", ", "", " in " + table.database())),
                Output.Topic::topic,
                Output.Lake::folder,
                Output.Csv::folder,
                snapshots -> "%s, every %s".formatted(snapshots.folder(), Durations.told(snapshots.every())),
                latest -> latest.folder() + "/latest.json",
                Output.Custom::sink,
                console -> "standard output");
    }

    static String scheduleInWords(Pipeline pipeline) {
        return pipeline.batch()
                .schedule()
                .map(it -> it instanceof Plans.Schedule.Cron cron
                        ? CronWords.of(cron)
                        : "every " + Durations.told(((Plans.Schedule.Every) it).interval()))
                .orElse("only when asked");
    }

    private static Schedule schedule(Pipeline pipeline, Instant now) {
        var words = scheduleInWords(pipeline);
        var plan = pipeline.batch().schedule();
        if (plan.isEmpty()) {
            return new Schedule(words, "", pipeline.zone().getId(), List.of(), List.of());
        }
        try {
            return schedule(words, Timetable.of(plan.get()), now);
        } catch (UnusableSchedule e) {
            var warning = "%s; %s".formatted(e.what(), e.hint());
            return new Schedule(words, e.value(), pipeline.zone().getId(), List.of(), List.of(warning));
        }
    }

    private static Schedule schedule(String words, Timetable timetable, Instant now) {
        var next =
                timetable.next(NEXT, now).stream().map(ZonedDateTime::toInstant).toList();
        var warnings = timetable.skipped(now, now.plus(AHEAD)).stream()
                .limit(MOST_WARNINGS)
                .map(it -> "%s does not exist in %s: the clocks go forward over it, and that batch is skipped"
                        .formatted(it, timetable.zone()))
                .toList();
        return new Schedule(words, timetable.told(), zone(timetable.zone()), next, warnings);
    }

    /** {@code Z} says nothing to most readers. */
    private static String zone(ZoneId zone) {
        return zone.equals(ZoneOffset.UTC) ? "UTC" : zone.getId();
    }

    private static Map<String, String> targets(Plans.Targets targets) {
        var told = new LinkedHashMap<String, String>();
        targets.parityPercent()
                .ifPresent(it -> told.put("parity", "at most %s %% apart".formatted(it.toPlainString())));
        targets.measures()
                .forEach((measure, it) ->
                        told.put("parity of " + measure, "at most %s %% apart".formatted(it.toPlainString())));
        targets.latencyP95().ifPresent(it -> told.put("latency p95", "at most " + Durations.told(it)));
        targets.perSecond()
                .ifPresent(it -> told.put("throughput", "at least %s records/s".formatted(it.toPlainString())));
        return told;
    }
}
