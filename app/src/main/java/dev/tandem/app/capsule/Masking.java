package dev.tandem.app.capsule;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tandem.engine.EngineException;
import dev.tandem.fold.Landed;
import dev.tandem.fold.Prepared.Raw;
import dev.tandem.model.Format;
import dev.tandem.model.PathStep;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Schema.Field;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Replaces the texts of some fields by pseudonyms. Equal texts get equal ones, in whatever field, and they stand in the order of the
 * texts; so keys, copies, minima and ranks stay as they are, and nothing of a text is left.
 */
public final class Masking {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final Pipeline pipeline;
    private final List<Field> fields;

    /** @throws EngineException if one of {@code names} is no field of texts in the bytes of a record */
    public Masking(Pipeline pipeline, List<String> names) {
        this.pipeline = pipeline;
        this.fields = names.stream().map(name -> field(pipeline, name)).toList();
        if (!names.isEmpty() && pipeline.source().format().kind() == Format.Kind.AVRO) {
            throw refused(pipeline, names.get(0), "its records are Avro, which is not written again");
        }
    }

    private static Field field(Pipeline pipeline, String name) {
        var field = pipeline.schema().fields().stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow(() -> refused(
                        pipeline,
                        name,
                        "there is no such field; the fields are "
                                + String.join(", ", pipeline.schema().names())));
        if (!field.inRecord()) {
            throw refused(pipeline, name, "it does not stand in the bytes of a record");
        }
        return field;
    }

    private static EngineException refused(Pipeline pipeline, String name, String why) {
        return new EngineException("Cannot mask '%s' of '%s': %s".formatted(name, pipeline.name(), why));
    }

    /** The same records with pseudonyms. */
    public List<Landed> masked(List<Landed> records) {
        if (fields.isEmpty()) {
            return records;
        }
        var texts = new TreeSet<String>((left, right) ->
                Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8)));
        records.forEach(record -> replaced(record, text -> {
            texts.add(text);
            return text;
        }));
        var pseudonyms = pseudonyms(texts);
        return records.stream()
                .map(record -> new Landed(
                        record.at(),
                        record.arrivedMillis(),
                        new Raw(replaced(record, text -> pseudonyms.getOrDefault(text, text))),
                        record.microBatch(),
                        record.as()))
                .toList();
    }

    private static Map<String, String> pseudonyms(SortedSet<String> texts) {
        int digits = String.valueOf(texts.size()).length();
        var pseudonyms = new HashMap<String, String>();
        for (var text : texts) {
            int number = pseudonyms.size() + 1;
            pseudonyms.put(
                    text, "masked-" + "0".repeat(digits - String.valueOf(number).length()) + number);
        }
        return pseudonyms;
    }

    /** The bytes with each text of a masked field replaced; an empty one stays, since it may be none. */
    private byte[] replaced(Landed record, UnaryOperator<String> by) {
        UnaryOperator<String> unlessEmpty = text -> text.isEmpty() ? text : by.apply(text);
        if (!pipeline.schema().landed().equals(pipeline.schema().inRecord())) {
            throw refused(
                    pipeline,
                    fields.get(0).name(),
                    "its records are landed with what the definition reads beside the value, as keys and headers, which would stay as it is");
        }
        return value(record.raw().bytes(), unlessEmpty);
    }

    private byte[] value(byte[] bytes, UnaryOperator<String> by) {
        return pipeline.source().format().kind() == Format.Kind.CSV
                ? new MaskedCells(pipeline.source().format().delimiter()).replaced(bytes, columns(), by)
                : inJson(bytes, by);
    }

    private List<Integer> columns() {
        var names = pipeline.schema().inRecord().names();
        return fields.stream().map(it -> names.indexOf(it.name())).toList();
    }

    private byte[] inJson(byte[] bytes, UnaryOperator<String> by) {
        try {
            var root = JSON.readTree(bytes);
            for (var field : fields) {
                replace(root, field.origin().path(), by);
            }
            return JSON.writeValueAsBytes(root);
        } catch (JsonProcessingException e) {
            throw new EngineException(
                    "Cannot mask a record of '%s': it is no JSON; leave --mask out".formatted(pipeline.name()), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces the value at the end of {@code path} within {@code parent}, if there is one. */
    private static void replace(JsonNode parent, List<PathStep> path, UnaryOperator<String> by) {
        var step = path.get(0);
        var child = step instanceof PathStep.Member member
                ? parent.path(member.name())
                : parent.path(((PathStep.Element) step).index());
        if (child.isMissingNode()) {
            return;
        }
        if (path.size() > 1) {
            replace(child, path.subList(1, path.size()), by);
        } else if (parent instanceof ObjectNode object && step instanceof PathStep.Member member) {
            object.set(member.name(), masked(child, by));
        } else if (parent instanceof ArrayNode array && step instanceof PathStep.Element element) {
            array.set(element.index(), masked(child, by));
        }
    }

    private static JsonNode masked(JsonNode value, UnaryOperator<String> by) {
        if (value instanceof ArrayNode list) {
            for (int index = 0; index < list.size(); index++) {
                list.set(index, masked(list.get(index), by));
            }
            return list;
        }
        return value.isTextual() ? TextNode.valueOf(by.apply(value.textValue())) : value;
    }
}
