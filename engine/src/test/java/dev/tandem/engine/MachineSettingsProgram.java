package dev.tandem.engine;

import dev.tandem.engine.batch.BatchRun;
import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.output.SinkOutputs;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.fold.Watermarks;
import dev.tandem.model.Mode;
import dev.tandem.model.reading.DefinitionReader;
import dev.tandem.sink.Sinks;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** Counts a few records as a batch and writes every kind of file, in a Java process whose settings the test chooses. */
final class MachineSettingsProgram {
    private static final String DEFINITION = """
            pipeline: letters
            time: { event: at, zone: UTC }
            source:
              kafka: letters
              format: { csv: { timestamp: "d MMM uuuu HH:mm", zone: UTC } }
            schema: word STRING, n BIGINT, price DOUBLE, at TIMESTAMP
            steps:
              - map: { word: { normalize: [trim] } }
              - set:
                  small: lower(word)
                  large: upper(word)
                  title: initcap(word)
                  weekday: date_format(at, 'EEEE d MMMM')
                  number: format_number(n, 2)
                  printed: "format_string('%,d', n)"
                  day: to_date(at)
                  text: "cast(at AS STRING)"
              - watermark: { delay: 1 minute, max_future: 36500 days }
            views:
              words:
                window: { calendar: day, zone: Europe/Berlin }
                by: [small, large, title]
                measures: { records: count(*), total: sum(price), last_text: max(text) }
                derive: { shouted: "upper(last_text || title)", mean: total / records }
              days: { by: [weekday, number, printed], measures: { records: count(*) } }
            outputs:
              - { view: words, csv: "${mode}/words" }
              - { view: days, snapshot: "${mode}/days" }
              - { view: words, latest: "${mode}/latest" }
              - { rows: events, csv: "${mode}/records" }
              - { rows: events, lake: "${mode}/events", partition: [day] }
              - { rows: quarantine, csv: "${mode}/quarantine" }
            """;

    private static final List<String> RECORDS = List.of(
            "TITLE,1234567,1.5,5 Jan 2026 10:00",
            "title,1234567,2.25,5 Jan 2026 10:01",
            "\u0130STANBUL I\u015eIK,2,-0.75,30 Mar 2026 23:30",
            "istanbul \u0131\u015f\u0131k,3,1e-7,25 Oct 2026 02:30",
            " \u00dcBER Stra\u00dfe ,4,0.1,1 May 2026 00:00",
            "broken,\u0661\u0662,1,1 May 2026 00:00",
            "late,5,1,1 Mai 2026 00:00");

    private MachineSettingsProgram() {}

    /** The folder for the files, then one for Spark's scratch. */
    public static void main(String[] arguments) throws IOException {
        var root = Files.createDirectories(Path.of(arguments[0]));
        var pipeline = DefinitionReader.parse(DEFINITION, "letters.yaml");
        var log = LogInMemory.of(Map.of(1, RECORDS));
        var clock = Clock.fixed(Instant.parse("2026-11-01T12:00:00Z"), ZoneOffset.UTC);
        var console = new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        try (var spark = SparkRuntime.open("local[1]", Path.of(arguments[1]))) {
            var compiled = Compiled.of(pipeline, spark);
            var setting = new Sinks.Setting("letters", Mode.BATCH, root, "run", "", clock, console);
            var over = new BatchRun.Over(log, log.end(), Watermarks.NONE);
            try (var batch = BatchRun.of(spark, compiled, over);
                    var outputs = SinkOutputs.of(compiled, setting)) {
                outputs.write(1, batch);
                batch.reasons().forEach((reason, count) -> System.out.println(reason + " " + count));
            }
        }
    }
}
