package dev.tandem.parity.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import dev.tandem.model.Mode;
import dev.tandem.parity.Cause;
import dev.tandem.parity.DifferingRows;
import dev.tandem.parity.Report;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Writes {@code report.json}: what programs read, so its keys and their order only ever grow. */
final class ReportJson {
    private final JsonGenerator json;

    private ReportJson(JsonGenerator json) {
        this.json = json;
    }

    static String of(Report report) {
        var text = new StringWriter();
        try (var json = new JsonFactory().createGenerator(text)) {
            json.enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN.mappedFeature());
            json.setPrettyPrinter(printer());
            new ReportJson(json).report(report);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write JSON in memory", e);
        }
        return text.append('\n').toString();
    }

    private static DefaultPrettyPrinter printer() {
        var indenter = new DefaultIndenter("  ", "\n");
        var separators = Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER);
        var printer = new DefaultPrettyPrinter(separators);
        printer.indentArraysWith(indenter);
        printer.indentObjectsWith(indenter);
        return printer;
    }

    /** Writes one value of a map or list. */
    private interface Writing<T> {
        void write(T value) throws IOException;
    }

    private void report(Report report) throws IOException {
        json.writeStartObject();
        json.writeNumberField("schema_version", Report.SCHEMA_VERSION);
        json.writeStringField("pipeline", report.subject().pipeline());
        json.writeStringField("definition", report.subject().definition());
        json.writeStringField("generated_at", report.provenance().generatedAt().toString());
        json.writeStringField("verdict", report.verdict().word());
        json.writeStringField("sentence", report.agreement().sentence());
        json.writeNumberField("unexplained", report.unexplained());
        accuracy(report.agreement().accuracy());
        map("views", report.agreement().views(), this::view);
        map("causes", report.causes(), Cause::code, this::cause);
        map("conservation", report.runs().conservation(), Mode::word, this::fates);
        latency(report.runs().latency());
        map("throughput", report.runs().throughput(), Mode::word, this::throughput);
        list("targets", report.targets(), this::target);
        list("windows", report.windows(), this::window);
        list(
                "differences",
                report.differences().stream().limit(ReportWriter.WORST).toList(),
                this::difference);
        map("quarantine", report.refusals().quarantine(), count -> json.writeString(count.toString()));
        cut(report.subject().cut());
        map("versions", report.provenance().versions(), json::writeString);
        list("commands", report.provenance().commands(), json::writeString);
        map("cost", report.runs().cost(), Mode::word, this::cost);
        tradeOff(report.tradeOff());
        var worst = DifferingRows.worst(report.differences(), ReportWriter.WORST);
        json.writeNumberField("differing_rows", worst.total());
        list("worst_rows", worst.rows(), row -> RowLines.write(row, json));
        new CommonJson(json).write(report.refusals().common());
        json.writeEndObject();
    }

    private void tradeOff(Report.TradeOff tradeOff) throws IOException {
        json.writeFieldName("break_even");
        if (tradeOff.breakEven().isPresent()) {
            breakEven(tradeOff.breakEven().get());
        } else {
            json.writeNull();
        }
        list("convergence", tradeOff.convergence(), this::convergence);
        json.writeObjectFieldStart("late_by_missing_delay_seconds");
        for (var missed : tradeOff.missedBy().entrySet()) {
            json.writeNumberField(missed.getKey().toString(), missed.getValue());
        }
        json.writeEndObject();
    }

    private void cost(Report.Cost cost) throws IOException {
        json.writeStartObject();
        number("cpu_seconds", cost.cpuSeconds());
        number("wall_seconds", cost.wallSeconds());
        json.writeNumberField("records", cost.records());
        number("cpu_seconds_per_million", cost.cpuSecondsPerMillion());
        json.writeNumberField("moved_bytes", cost.movedBytes());
        json.writeNumberField("peak_heap_bytes", cost.peakHeapBytes());
        json.writeNumberField("state_rows", cost.stateRows());
        json.writeNumberField("state_bytes", cost.stateBytes());
        json.writeEndObject();
    }

    private void breakEven(Report.BreakEven breakEven) throws IOException {
        json.writeStartObject();
        json.writeNumberField("interval_seconds", breakEven.interval().toSeconds());
        number("events_per_second", breakEven.eventsPerSecond());
        number("cpu_share", breakEven.cpuShare());
        number("oldest_seconds", breakEven.oldestSeconds());
        number("stream_seconds", breakEven.streamSeconds());
        json.writeNumberField("runs_until_dearer", breakEven.runsUntilDearer());
        json.writeEndObject();
    }

    private void convergence(Report.Convergence convergence) throws IOException {
        json.writeStartObject();
        json.writeStringField("view", convergence.view());
        json.writeNumberField("windows", convergence.windows());
        number("nearly_right_seconds", convergence.nearlyRight().orElse(Double.NaN));
        number("final_error_percent", convergence.finalErrorPercent());
        list("steps", convergence.steps(), this::step);
        json.writeEndObject();
    }

    private void step(Report.ConvergenceStep step) throws IOException {
        json.writeStartObject();
        number("seconds", step.seconds());
        number("error_percent", step.errorPercent());
        number("worst_percent", step.worstPercent());
        json.writeEndObject();
    }

    private void accuracy(Report.Accuracy accuracy) throws IOException {
        json.writeObjectFieldStart("accuracy");
        json.writeNumberField("compared_rows", accuracy.comparedRows());
        json.writeNumberField("agreeing_rows", accuracy.agreeingRows());
        json.writeNumberField("percent", accuracy.percent());
        json.writeNumberField("mean_difference_percent", accuracy.meanDifferencePercent());
        json.writeEndObject();
    }

    private void view(Report.ViewCount view) throws IOException {
        json.writeStartObject();
        json.writeNumberField("compared", view.compared());
        json.writeNumberField("agreeing", view.agreeing());
        json.writeNumberField("differing", view.differing());
        json.writeNumberField("open", view.open());
        map("measures", view.measures(), this::measure);
        json.writeEndObject();
    }

    private void measure(Report.MeasureCount measure) throws IOException {
        json.writeStartObject();
        json.writeNumberField("differing", measure.differing());
        json.writeNumberField("largest_difference", measure.largestDifference());
        json.writeNumberField("largest_percent", measure.largestPercent());
        json.writeNumberField("mean_percent", measure.meanPercent());
        json.writeEndObject();
    }

    private void cause(Report.CauseCount cause) throws IOException {
        json.writeStartObject();
        json.writeNumberField("records", cause.records());
        json.writeNumberField("rows", cause.rows());
        json.writeStringField("meaning", cause.meaning());
        json.writeStringField("hint", cause.hint());
        json.writeStringField("mend", cause.hint()); // Deprecated alias of "hint"; removed in 0.3.
        json.writeEndObject();
    }

    private void counts(Map<String, Long> counts) throws IOException {
        json.writeStartObject();
        for (var count : counts.entrySet()) {
            json.writeNumberField(count.getKey(), count.getValue());
        }
        json.writeEndObject();
    }

    /** Every fate stands there, also those that no record met. */
    private void fates(Report.Conservation counts) throws IOException {
        json.writeStartObject();
        json.writeNumberField(Fate.READ, counts.read());
        for (var fate : Fate.values()) {
            json.writeNumberField(fate.word(), fate.in(counts));
        }
        json.writeEndObject();
    }

    private void latency(Report.Latency latency) throws IOException {
        json.writeObjectFieldStart("latency");
        json.writeStringField("measured", latency.measured());
        json.writeNumberField("samples", latency.samples());
        number("p50", latency.p50());
        number("p95", latency.p95());
        number("p99", latency.p99());
        number("max", latency.max());
        json.writeNumberField("warm_up_samples", latency.warmUp());
        list("stages", latency.stages(), this::stage);
        json.writeEndObject();
    }

    private void stage(Report.Stage stage) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", stage.name());
        number("p50", stage.p50());
        number("p95", stage.p95());
        number("p99", stage.p99());
        number("max", stage.max());
        json.writeEndObject();
    }

    private void throughput(Report.Throughput throughput) throws IOException {
        json.writeStartObject();
        number("events_per_second", throughput.eventsPerSecond());
        json.writeNumberField("events", throughput.events());
        number("seconds", throughput.seconds());
        json.writeStringField("measured", throughput.measured());
        json.writeEndObject();
    }

    private void target(Report.Target target) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", target.name());
        json.writeStringField("asked", target.asked());
        json.writeStringField("reached", target.reached());
        json.writeBooleanField("met", target.met());
        if (!target.measured()) {
            json.writeBooleanField("measured", false);
        }
        json.writeEndObject();
    }

    private void window(Report.WindowLine line) throws IOException {
        json.writeStartObject();
        json.writeStringField("view", line.view());
        json.writeStringField("measure", line.measure());
        instant("start", line.start());
        instant("end", line.end());
        json.writeStringField("status", line.state().word());
        json.writeNumberField("stream", line.stream());
        json.writeNumberField("batch", line.batch());
        json.writeNumberField("allowed", 0); // Deprecated, always 0; removed in 0.3.
        json.writeNumberField("keys", line.keys());
        json.writeNumberField("differing_keys", line.differingKeys());
        list("largest", line.largest(), this::bar);
        json.writeEndObject();
    }

    private void bar(Report.Bar bar) throws IOException {
        json.writeStartObject();
        json.writeStringField("key", bar.key());
        json.writeNumberField("stream", bar.stream());
        json.writeNumberField("batch", bar.batch());
        json.writeEndObject();
    }

    private void difference(Report.Difference difference) throws IOException {
        json.writeStartObject();
        json.writeStringField("view", difference.view());
        instant("start", difference.start());
        instant("end", difference.end());
        map("key", difference.key(), json::writeString);
        json.writeStringField("measure", difference.measure());
        value("stream", difference.stream());
        value("batch", difference.batch());
        decimal("difference", difference.difference());
        decimal("percent", difference.percent());
        json.writeFieldName("causes");
        counts(difference.causes());
        list("records", difference.records(), json::writeString);
        json.writeEndObject();
    }

    private void cut(Report.CutLine cut) throws IOException {
        json.writeObjectFieldStart("cut");
        json.writeNumberField("micro_batch", cut.microBatch());
        json.writeObjectFieldStart("positions");
        for (var position : cut.positions().entrySet()) {
            json.writeNumberField(position.getKey().toString(), position.getValue());
        }
        json.writeEndObject();
        json.writeNumberField("records", cut.records());
        new EventTimesJson(json).write(cut.times());
        json.writeEndObject();
    }

    private <T> void map(String name, Map<String, T> values, Writing<T> writing) throws IOException {
        map(name, values, key -> key, writing);
    }

    private <K, T> void map(String name, Map<K, T> values, Function<K, String> word, Writing<T> writing)
            throws IOException {
        json.writeObjectFieldStart(name);
        for (var value : values.entrySet()) {
            json.writeFieldName(word.apply(value.getKey()));
            writing.write(value.getValue());
        }
        json.writeEndObject();
    }

    private <T> void list(String name, List<T> values, Writing<T> writing) throws IOException {
        json.writeArrayFieldStart(name);
        for (var value : values) {
            writing.write(value);
        }
        json.writeEndArray();
    }

    private void instant(String name, Optional<Instant> value) throws IOException {
        json.writeObjectField(name, value.map(Instant::toString).orElse(null));
    }

    private void decimal(String name, Optional<BigDecimal> value) throws IOException {
        json.writeFieldName(name);
        if (value.isPresent()) {
            json.writeNumber(value.get());
        } else {
            json.writeNull();
        }
    }

    /** A measure's text becomes a number wherever it is one. */
    private void value(String name, Optional<String> value) throws IOException {
        var number = value.flatMap(NumberText::read);
        if (value.isPresent() && number.isEmpty()) {
            json.writeStringField(name, value.get());
        } else {
            decimal(name, number);
        }
    }

    /** JSON knows neither infinity nor "not a number": what was not measured is null. */
    private void number(String name, double value) throws IOException {
        json.writeFieldName(name);
        if (Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeNull();
        }
    }
}
