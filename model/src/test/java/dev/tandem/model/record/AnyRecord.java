package dev.tandem.model.record;

import dev.tandem.model.FieldType;
import dev.tandem.model.Format;
import dev.tandem.model.Schema;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/** Random records of a schema: clean ones, and hostile ones, which are odd or damaged. The same seed gives the same records. */
final class AnyRecord {
    private static final List<String> TOKENS = List.of(
            "\"",
            "\\",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "null",
            "true",
            "false",
            "0",
            "-",
            "+",
            ".",
            "e",
            " ",
            "\t",
            "\n",
            "\r",
            "\r\n",
            "\0",
            "\u001f",
            "\"\"",
            "\\\"",
            "\\/",
            "\\u",
            "\\u0000",
            "\\u0041",
            "\\u00e9",
            "\\uD83D\\uDE00",
            "\\ud83d",
            "\\ude00",
            "\\x",
            "\uFEFF",
            "é",
            "😀",
            "{\"v\":1}",
            "[[[[[]]]]]",
            ",\"v\":null",
            "\"v\":",
            ",\"z\":{\"v\":[1,{}]}",
            "//",
            "/**/",
            "NaN",
            ";",
            "1e5",
            "00");
    private static final List<byte[]> BYTES = List.of(
            bytes("ff"),
            bytes("ffffff"),
            bytes("80"),
            bytes("c080"),
            bytes("c328"),
            bytes("eda080"),
            bytes("eda0bdedb880"),
            bytes("f4908080"),
            bytes("e282"),
            bytes("f09f98"),
            bytes("00"),
            bytes("feff"),
            bytes("efbbbf"));

    private final Schema schema;
    private final Format format;
    private final SplittableRandom random;
    private final AnyValue values;

    AnyRecord(Schema schema, Format format, SplittableRandom random) {
        this.schema = schema;
        this.format = format;
        this.random = random;
        values = new AnyValue(format, random);
    }

    byte[] clean() {
        return written(false).getBytes(StandardCharsets.UTF_8);
    }

    byte[] hostile() {
        var record = written(oneIn(2)).getBytes(StandardCharsets.UTF_8);
        for (int damage = random.nextInt(4); damage > 0; damage--) {
            record = damaged(record);
        }
        return record;
    }

    private String written(boolean odd) {
        return format.kind() == Format.Kind.JSON ? object(odd) : cells(odd);
    }

    private boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }

    private String cells(boolean odd) {
        var delimiter = String.valueOf(format.delimiter());
        var end = List.of("", "", "", "\n", "\r\n", "\r").get(random.nextInt(6));
        return schema.fields().stream().map(field -> cell(field, odd)).collect(Collectors.joining(delimiter)) + end;
    }

    private String cell(Schema.Field field, boolean odd) {
        if (!field.required() && oneIn(10)) {
            return "";
        }
        var text = odd && oneIn(2) ? values.odd() : values.clean(field.type());
        boolean mustQuote = text.isEmpty() || text.matches("(?s).*[\"\\r\\n" + format.delimiter() + "].*");
        return mustQuote || oneIn(5) ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }

    private String object(boolean odd) {
        var members = new ArrayList<String>();
        for (var field : schema.fields()) {
            if (field.required() || !oneIn(10)) {
                members.add('"' + field.name() + '"' + blank() + ':' + blank() + value(field, odd));
            }
        }
        if (oneIn(5)) {
            members.add(random.nextInt(members.size() + 1), '"' + unknownName() + "\":" + unknown(3));
        }
        if (oneIn(5)) {
            Collections.shuffle(members, new Random(random.nextLong()));
        }
        return blank() + '{' + String.join(blank() + ',' + blank(), members) + blank() + '}' + blank();
    }

    private String unknownName() {
        return List.of("z", "é", "V", "vv", "", "a longer name than any of the schema's")
                .get(random.nextInt(6));
    }

    private String blank() {
        return oneIn(12) ? List.of(" ", "\n", "\t", "\r\n", "  ").get(random.nextInt(5)) : "";
    }

    private String unknown(int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0 -> "null";
            case 1 -> "true";
            case 2 -> "-1.5e-7";
            case 3 -> quoted("x\\u000\\");
            case 4 -> "\"\\u0041\\ud800\"";
            case 5 -> "[" + unknown(depth - 1) + " , " + unknown(depth - 1) + "]";
            default -> "{\"v\" :" + unknown(depth - 1) + ",\"\":[],\"y\":{}}";
        };
    }

    private String value(Schema.Field field, boolean odd) {
        if (!field.required() && oneIn(10)) {
            return "null";
        }
        return odd && oneIn(2) ? odd(field.type()) : clean(field.type());
    }

    private String odd(FieldType type) {
        var text = values.odd();
        var one = oneIn(2) ? text : quoted(text);
        return type instanceof FieldType.ListOf && !oneIn(4) ? "[" + one + "," + one + "]" : one;
    }

    private String clean(FieldType type) {
        if (type instanceof FieldType.ListOf list) {
            var elements = new ArrayList<String>();
            for (int left = random.nextInt(5); left > 0; left--) {
                elements.add(oneIn(8) ? "null" : clean(list.element()));
            }
            return "[" + blank() + String.join(blank() + "," + blank(), elements) + "]";
        }
        var text = values.clean(type);
        boolean bare =
                type instanceof FieldType.Truth || (type.sql().matches("INT|BIGINT|DOUBLE|DECIMAL.*") && !oneIn(4));
        return bare ? text : quoted(text);
    }

    private String quoted(String text) {
        var json = new StringBuilder("\"");
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            if (letter == '"' || letter == '\\') {
                json.append('\\').append(letter);
            } else if (letter == '\n' || letter == '\t') {
                json.append('\\').append(letter == '\n' ? 'n' : 't');
            } else if (letter < ' ' || (letter > 0x7F && !Character.isSurrogate(letter) && oneIn(3))) {
                json.append("\\u%04x".formatted((int) letter));
            } else {
                json.append(letter);
            }
        }
        return escapedPairs(json.append('"').toString());
    }

    private String escapedPairs(String json) {
        return oneIn(3) ? json.replace("😀", "\\uD83d\\uDe00") : json;
    }

    private byte[] damaged(byte[] record) {
        int length = record.length;
        int at = random.nextInt(length + 1);
        int other = Math.min(length, at + random.nextInt(6));
        return switch (random.nextInt(7)) {
            case 0 -> joined(Arrays.copyOf(record, at), Arrays.copyOfRange(record, other, length));
            case 1 -> Arrays.copyOf(record, at);
            case 2 -> joined(Arrays.copyOf(record, other), Arrays.copyOfRange(record, at, length));
            case 3 -> with(record, at, BYTES.get(random.nextInt(BYTES.size())));
            case 4 -> changed(record);
            default ->
                with(record, at, TOKENS.get(random.nextInt(TOKENS.size())).getBytes(StandardCharsets.UTF_8));
        };
    }

    private byte[] changed(byte[] record) {
        if (record.length == 0) {
            return record;
        }
        var changed = record.clone();
        int at = random.nextInt(record.length);
        if (oneIn(2)) {
            changed[at] = (byte) random.nextInt(256);
        } else {
            int other = random.nextInt(record.length);
            changed[at] = record[other];
            changed[other] = record[at];
        }
        return changed;
    }

    static byte[] with(byte[] record, int at, byte[] more) {
        return joined(joined(Arrays.copyOf(record, at), more), Arrays.copyOfRange(record, at, record.length));
    }

    private static byte[] joined(byte[] first, byte[] second) {
        var all = new ByteArrayOutputStream(first.length + second.length);
        all.writeBytes(first);
        all.writeBytes(second);
        return all.toByteArray();
    }

    private static byte[] bytes(String hexadecimal) {
        return HexFormat.of().parseHex(hexadecimal);
    }
}
