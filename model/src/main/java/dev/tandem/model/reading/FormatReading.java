package dev.tandem.model.reading;

import dev.tandem.model.Format;
import dev.tandem.model.ProvidedFormat;
import dev.tandem.model.RecordFormat;
import dev.tandem.model.TimePattern;
import dev.tandem.model.extension.Extensions;
import dev.tandem.model.keys.Section;
import dev.tandem.model.keys.SourceKeys;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** The {@code format} of a source: {@code json}, {@code csv}, one of them with its settings, or one that an extension brings. */
final class FormatReading {
    private static final List<String> KINDS = List.of("json", "csv");
    private static final String EXTENSION = "extension";
    private static final String SETTINGS = "with";

    private static final String VALUES = "values";

    private final Problems problems;

    FormatReading(Problems problems) {
        this.problems = problems;
    }

    /** The format of a topic's messages, JSON if absent. */
    Format ofTopic(YamlMap source) {
        return format(source, Format.JSON);
    }

    /** The format of the files of a folder, CSV if absent. */
    Format ofFiles(YamlMap source) {
        return format(source, Format.CSV);
    }

    private Format format(YamlMap source, Format usual) {
        var node = source.node("format");
        if (node.isEmpty()) {
            return usual;
        }
        boolean inFiles = usual.kind() == Format.Kind.CSV;
        if (!(node.get() instanceof MappingNode)) {
            return source.word("format", inFiles ? KINDS : SourceKeys.KAFKA.words("format"), "is not a format")
                    .map(word -> plain(word, inFiles))
                    .orElse(usual);
        }
        return format(node.get(), usual, inFiles);
    }

    private Format format(Node node, Format usual, boolean inFiles) {
        var map = YamlMap.of(node, "'format'", problems);
        if (map.has(EXTENSION)) {
            return provided(map);
        }
        map.refuseOthers(KINDS);
        var kind = map.onlyOneOf(KINDS, "the format", "write json, csv, or e.g. { csv: { zone: UTC } }");
        var read = kind.flatMap(word -> map.map(word).map(settings -> {
            settings.refuseOthers(settings(word, inFiles));
            var plain = word.equals("json") ? Format.JSON : csv(settings, inFiles);
            return timed(settings, plain, inFiles ? inFile(settings, plain.kind()) : Format.InFile.USUAL);
        }));
        return read.orElse(usual);
    }

    private static Format provided(YamlMap map) {
        var name = map.name(EXTENSION, "fixed_width");
        var settings = new LinkedHashMap<String, String>();
        map.map(SETTINGS)
                .ifPresent(with -> with.keys().forEach(key -> {
                    with.checkName(key, with.placeOfKey(key));
                    with.text(key).ifPresent(text -> settings.put(key, text));
                }));
        map.refuseOthers(List.of(EXTENSION, SETTINGS));
        RecordFormat provider = Extensions.current()
                .format(name)
                .<RecordFormat>map(it -> it)
                .orElseGet(() -> new ProvidedFormat.Missing(name));
        return Format.of(new ProvidedFormat(name, settings, provider, map.placeOfValue(EXTENSION)));
    }

    private static Format plain(String word, boolean inFiles) {
        return switch (word) {
            case "json" -> Format.JSON;
            case "avro" -> Format.AVRO;
            default -> csv(inFiles);
        };
    }

    private static Section settings(String kind, boolean inFiles) {
        if (kind.equals("json")) {
            return inFiles ? SourceKeys.FILES_JSON : SourceKeys.TOPIC_JSON;
        }
        return inFiles ? SourceKeys.FILES_CSV : SourceKeys.TOPIC_CSV;
    }

    private static Format csv(boolean header) {
        return new Format(Format.Kind.CSV, header, ',', Optional.empty(), Optional.empty());
    }

    private Format csv(YamlMap map, boolean inFiles) {
        boolean header = map.truth("header").orElse(inFiles);
        if (header && !inFiles) {
            problems.add(
                    map.placeOfValue("header"),
                    "a record of a topic is one line and has no header",
                    "write header: false, or leave it out");
        }
        var delimiter = map.converted(
                "delimiter",
                FormatReading::delimiter,
                "cannot part cells",
                "use one letter other than a quote, as in \",\" or \"\\t\"");
        return new Format(Format.Kind.CSV, header, delimiter.orElse(','), Optional.empty(), Optional.empty());
    }

    private static Optional<Character> delimiter(String text) {
        boolean letter =
                text.length() == 1 && "\"\r\n".indexOf(text.charAt(0)) < 0 && !Character.isSurrogate(text.charAt(0));
        return letter ? Optional.of(text.charAt(0)) : Optional.empty();
    }

    private Format.InFile inFile(YamlMap map, Format.Kind kind) {
        var encoding = map.converted(
                "encoding",
                FormatReading::charset,
                "is not an encoding of text",
                "write e.g. latin-1, windows-1252, UTF-16 or Shift_JIS");
        var layout = kind == Format.Kind.JSON
                ? map.word("layout", SourceKeys.FILES_JSON.words("layout"), "is no layout of a file")
                : Optional.<String>empty();
        return new Format.InFile(
                encoding.orElse(Format.InFile.USUAL.encoding()),
                layout.equals(Optional.of(VALUES)) ? Format.Layout.VALUES : Format.Layout.LINES);
    }

    private static Optional<String> charset(String text) {
        try {
            return Optional.of(
                    Charset.forName(text.replaceFirst("(?i)^latin-", "latin")).name());
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return Optional.empty();
        }
    }

    /** {@code plain} with the settings of its times. */
    private Format timed(YamlMap map, Format plain, Format.InFile inFile) {
        var zone = map.zone("zone");
        var timestamp = map.text("timestamp");
        timestamp.ifPresent(text -> {
            var pattern = TimePattern.of(text);
            if (pattern.isEmpty()) {
                problems.add(
                        map.placeOfValue("timestamp"),
                        "'%s' is not a pattern of a day and a time".formatted(text),
                        "write e.g. \"yyyy-MM-dd HH:mm:ss\" or \"M/d/yyyy H:mm\"");
            } else if (!pattern.get().namesZone() && !map.has("zone")) {
                problems.add(
                        map.placeOfValue("timestamp"),
                        "'%s' does not say in which zone".formatted(text),
                        "add e.g. 'zone: UTC'");
            }
        });
        return new Format(plain.kind(), plain.header(), plain.delimiter(), zone, timestamp, inFile);
    }
}
