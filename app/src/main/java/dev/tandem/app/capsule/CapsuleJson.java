package dev.tandem.app.capsule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.fold.Coordinates;
import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.Landed;
import dev.tandem.fold.Prepared.Raw;
import dev.tandem.fold.StreamLedger.Range;
import dev.tandem.fold.Watermarks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A capsule as the files that a ZIP file holds: JSON, so that whoever gets one can read it before running it. */
public final class CapsuleJson {
    private static final int FORMAT = 1;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ABOUT = "capsule.json";
    private static final String DEFINITION = "pipeline.yaml";
    private static final String MICRO_BATCHES = "micro-batches.jsonl";
    private static final String RECORDS = "records.jsonl";
    private static final String EXPECTED = "expected.json";
    private static final String DIMENSIONS = "dimensions/";

    private CapsuleJson() {}

    public static SortedMap<String, byte[]> entries(Capsule capsule) {
        var entries = new TreeMap<String, byte[]>();
        entries.put(ABOUT, pretty(about(capsule)));
        entries.put(DEFINITION, capsule.definition().text().getBytes(StandardCharsets.UTF_8));
        entries.put(
                MICRO_BATCHES,
                lines(capsule.microBatches().stream()
                        .map(CapsuleJson::microBatch)
                        .toList()));
        entries.put(
                RECORDS,
                lines(capsule.records().stream().map(CapsuleJson::record).toList()));
        entries.put(EXPECTED, pretty(capsule.expected()));
        capsule.definition().dimensions().forEach((name, bytes) -> entries.put(DIMENSIONS + name, bytes));
        return entries;
    }

    private static ObjectNode about(Capsule capsule) {
        var about = capsule.about();
        var asked = about.asked();
        var json = JSON.createObjectNode()
                .put("format", FORMAT)
                .put("pipeline", about.pipeline())
                .put("profile", capsule.definition().profile().orElse(null))
                .put("view", asked.view());
        var key = json.putObject("key");
        asked.key().forEach(key::put);
        json.put("window", asked.window().map(Instant::toString).orElse(null)).put("row", asked.row());
        json.put("cut", about.cut().microBatch());
        var positions = json.putObject("cut_positions");
        new TreeMap<>(about.cut().positions()).forEach((partition, at) -> positions.put(partition.toString(), at));
        var masked = json.putArray("masked");
        about.masked().forEach(masked::add);
        return json;
    }

    private static ObjectNode microBatch(Capsule.Read read) {
        var json = JSON.createObjectNode()
                .put("number", read.number())
                .put("read_ms", read.readMillis())
                .put("late", read.watermarks().late())
                .put("close", read.watermarks().close());
        read.before().ifPresent(it -> json.put("late_before", it.late()).put("close_before", it.close()));
        var ranges = json.putObject("ranges");
        new TreeMap<>(read.ranges())
                .forEach((partition, range) ->
                        ranges.putArray(partition.toString()).add(range.from()).add(range.until()));
        return json;
    }

    private static ObjectNode record(Landed record) {
        var json = JSON.createObjectNode()
                .put("micro_batch", record.microBatch())
                .put("partition", record.at().partition())
                .put("position", record.at().position())
                .put("arrived_ms", record.arrivedMillis());
        byte[] bytes = record.raw().bytes();
        return text(bytes)
                .map(it -> json.put("text", it))
                .orElseGet(() -> json.put("base64", Base64.getEncoder().encodeToString(bytes)));
    }

    private static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException isNone) {
            return Optional.empty();
        }
    }

    /** Reads what {@link #entries} gave; {@code file} is named in errors. */
    public static Capsule read(SortedMap<String, byte[]> entries, Path file) {
        try {
            var about = JSON.readTree(entry(entries, ABOUT, file));
            if (about.path("format").asInt() != FORMAT) {
                throw CapsuleFile.noCapsule(
                        file,
                        "its format is %s, this version reads %d"
                                .formatted(about.path("format").asText("unknown"), FORMAT));
            }
            var microBatches = new ArrayList<Capsule.Read>();
            lines(entries, MICRO_BATCHES, file).forEach(it -> microBatches.add(microBatch(it)));
            var records = new ArrayList<Landed>();
            lines(entries, RECORDS, file).forEach(it -> records.add(record(it)));
            var dimensions = new TreeMap<String, byte[]>();
            entries.tailMap(DIMENSIONS).forEach((name, bytes) -> {
                if (name.startsWith(DIMENSIONS)) {
                    dimensions.put(name.substring(DIMENSIONS.length()), bytes);
                }
            });
            var text = new String(entry(entries, DEFINITION, file), StandardCharsets.UTF_8);
            return new Capsule(
                    about(about),
                    new Capsule.Definition(text, optional(about, "profile"), dimensions),
                    microBatches,
                    records,
                    JSON.readTree(entry(entries, EXPECTED, file)));
        } catch (IOException | DateTimeException | IllegalArgumentException e) {
            throw CapsuleFile.noCapsule(
                    file, "its JSON cannot be read (%s)".formatted(e.getClass().getSimpleName()));
        }
    }

    private static Capsule.About about(JsonNode json) {
        var masked = new ArrayList<String>();
        json.path("masked").forEach(it -> masked.add(it.asText()));
        var asked = new Capsule.Question(
                json.path("view").asText(),
                texts(json.path("key")),
                optional(json, "window").map(Instant::parse),
                json.path("row").asInt(1));
        return new Capsule.About(
                json.path("pipeline").asText(),
                asked,
                new EndOffsets(json.path("cut").asLong(), positions(json.path("cut_positions"))),
                masked);
    }

    private static Map<String, String> texts(JsonNode json) {
        return json.properties().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, it -> it.getValue().asText()));
    }

    private static Map<Integer, Long> positions(JsonNode json) {
        return json.properties().stream()
                .collect(Collectors.toMap(
                        it -> Integer.valueOf(it.getKey()), it -> it.getValue().asLong()));
    }

    private static Capsule.Read microBatch(JsonNode json) {
        var ranges = new TreeMap<Integer, Range>();
        json.path("ranges")
                .properties()
                .forEach(it -> ranges.put(
                        Integer.valueOf(it.getKey()),
                        new Range(
                                it.getValue().path(0).asLong(),
                                it.getValue().path(1).asLong())));
        return new Capsule.Read(
                json.path("number").asLong(),
                new Watermarks(json.path("late").asLong(), json.path("close").asLong()),
                ranges,
                json.path("read_ms").asLong(),
                json.has("close_before")
                        ? Optional.of(new Watermarks(
                                json.path("late_before").asLong(),
                                json.path("close_before").asLong()))
                        : Optional.empty());
    }

    private static Landed record(JsonNode json) {
        byte[] bytes = json.has("text")
                ? json.path("text").asText().getBytes(StandardCharsets.UTF_8)
                : Base64.getDecoder().decode(json.path("base64").asText());
        return new Landed(
                new Coordinates(
                        json.path("partition").asInt(), json.path("position").asLong()),
                json.path("arrived_ms").asLong(),
                new Raw(bytes),
                json.path("micro_batch").asLong(),
                Landed.As.KEPT);
    }

    private static Optional<String> optional(JsonNode json, String name) {
        return json.hasNonNull(name) ? Optional.of(json.path(name).asText()) : Optional.empty();
    }

    private static byte[] entry(SortedMap<String, byte[]> entries, String name, Path file) {
        var bytes = entries.get(name);
        if (bytes == null) {
            throw CapsuleFile.noCapsule(file, "it has no " + name);
        }
        return bytes;
    }

    private static List<JsonNode> lines(SortedMap<String, byte[]> entries, String name, Path file) throws IOException {
        try (var lines = JSON.readerFor(JsonNode.class).<JsonNode>readValues(entry(entries, name, file))) {
            return lines.readAll();
        }
    }

    private static byte[] lines(List<ObjectNode> lines) {
        return lines.stream().map(it -> it + "\n").collect(Collectors.joining()).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] pretty(JsonNode json) {
        try {
            var text = JSON.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsString(json);
            return (text.replace("\r\n", "\n") + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
