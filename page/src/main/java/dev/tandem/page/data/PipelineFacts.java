package dev.tandem.page.data;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pipeline as it is defined.
 *
 * @param zone in which its people read times, as in {@code Asia/Kolkata}
 * @param source in words, such as {@code Kafka topic raw_feed}
 * @param steps in words, in their order
 * @param definition the text of its file
 * @param targets what is asked, by name
 */
public record PipelineFacts(
        String name,
        String about,
        String zone,
        String source,
        List<String> topics,
        String landing,
        String trigger,
        List<String> steps,
        List<ViewFacts> views,
        List<Sink> sinks,
        Schedule schedule,
        Map<String, String> targets,
        String definition,
        String hash) {

    /** Where a view or the records go; {@code kind} such as table, topic, lake, csv. */
    public record Sink(String what, String kind, String place, String modes) {}

    /**
     * When the batch runs.
     *
     * @param words as a person would say it
     * @param expression the cron line or the period
     * @param next the next runs
     * @param warnings such as a local time that a change of the clocks skips
     */
    public record Schedule(String words, String expression, String zone, List<Instant> next, List<String> warnings) {}

    /**
     * A view's shape, from which the page chooses its chart.
     *
     * @param window in words, such as {@code tumbling 20 minutes}
     * @param ranked whether it is a top list
     * @param columns keys, measures and derived values in the order of the cells of {@link ViewRows.Row}
     * @param chart how its author wants it drawn
     */
    public record ViewFacts(
            String name,
            WindowKind kind,
            String window,
            boolean ranked,
            List<Column> columns,
            Optional<ChartFacts> chart) {}

    /**
     * How a view is drawn; columns by name.
     *
     * @param kind {@code line}, {@code bar}, {@code price} or {@code steps}
     * @param value what is drawn first
     * @param sides two columns against each other, or none
     */
    public record ChartFacts(
            String kind, Optional<String> value, Optional<Band> band, List<String> sides, List<String> steps) {}

    /** The range of a price, and what is drawn below it. */
    public record Band(String low, String high, Optional<String> volume) {}

    /** The kinds of windows. */
    public enum WindowKind {
        TUMBLING,
        SLIDING,
        CALENDAR,
        SESSION,
        GLOBAL
    }

    /**
     * A column.
     *
     * @param numeric whether its cells are decimal numbers
     * @param additive whether cells of several keys or windows may be summed
     * @param approximate whether its cells are estimates
     */
    public record Column(
            String name, String type, ColumnRole role, boolean numeric, boolean additive, boolean approximate) {}

    /** What a column is for. */
    public enum ColumnRole {
        KEY,
        MEASURE,
        DERIVED
    }
}
