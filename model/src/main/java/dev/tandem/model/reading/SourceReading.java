package dev.tandem.model.reading;

import dev.tandem.model.Capture;
import dev.tandem.model.Format;
import dev.tandem.model.Output;
import dev.tandem.model.Source;
import dev.tandem.model.Source.Landing;
import dev.tandem.model.keys.Section;
import dev.tandem.model.keys.SourceKeys;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Where records come from: the {@code source} of a definition. */
final class SourceReading {
    private static final String COINBASE = "wss://ws-feed.exchange.coinbase.com";
    private static final int MOST_FILES = 1_000;

    private final Problems problems;

    SourceReading(Problems problems) {
        this.problems = problems;
    }

    /** The source; where neither {@code land} nor {@code ledger} says otherwise, the ledger is where the first table is. */
    Source source(YamlMap map, List<Output> outputs) {
        var kinds = SourceKeys.KINDS.stream().filter(map::has).toList();
        if (kinds.isEmpty()) {
            problems.add(
                    map.place(),
                    "the source is neither a topic nor a folder",
                    "add e.g. 'kafka: raw_feed' or 'files: data/input'");
        } else if (kinds.size() > 1) {
            problems.add(
                    map.place(),
                    "the source is both '%s' and '%s'".formatted(kinds.get(0), kinds.get(1)),
                    "keep one of them");
        }
        return switch (kinds.isEmpty() ? "kafka" : kinds.get(0)) {
            case "files" -> read(map, SourceKeys.FILES, folder(map, outputs));
            case "table" -> read(map, SourceKeys.TABLE, new RowsReading(problems).table(map));
            case "parquet" -> read(map, SourceKeys.PARQUET, new RowsReading(problems).parquet(map));
            default -> kinds.isEmpty() ? ofNoKind(map, outputs) : read(map, SourceKeys.KAFKA, topic(map, outputs));
        };
    }

    private static Source read(YamlMap map, Section keys, Source source) {
        map.refuseOthers(keys);
        return source;
    }

    /** Nobody knows which kind is meant, so the keys of topics and of folders are known, and all are listed. */
    private Source ofNoKind(YamlMap map, List<Output> outputs) {
        var known = new LinkedHashSet<>(SourceKeys.KAFKA.names());
        known.addAll(SourceKeys.FILES.names());
        map.keys().stream()
                .filter(key -> !known.contains(key))
                .forEach(key -> problems.add(
                        map.placeOfKey(key),
                        "unknown key '%s'".formatted(key),
                        "a topic has %s; a folder has %s"
                                .formatted(
                                        String.join(", ", SourceKeys.KAFKA.names()),
                                        String.join(", ", SourceKeys.FILES.names()))));
        return topic(map, outputs);
    }

    private Source topic(YamlMap map, List<Output> outputs) {
        var topics = topics(map);
        var format = new FormatReading(problems).ofTopic(map);
        map.text("from")
                .filter(from -> !from.equals("earliest"))
                .ifPresent(from -> problems.add(
                        map.placeOfValue("from"),
                        "'%s' would leave out what the topic holds, and both modes must read the same records"
                                .formatted(from),
                        "remove it, or write from: earliest"));
        var group = map.filledText("group", "my-group");
        var capture = map.map("capture").flatMap(this::capture);
        if (capture.isPresent() && format.kind() != Format.Kind.JSON) {
            problems.add(map.placeOfValue("format"), "a captured feed is JSON", "use format: json");
        }
        var arrival = word(map, "arrival", Source.Arrival.values(), "is no time of arrival");
        return new Source.Kafka(
                topics, format, group, arrival.orElse(Source.Arrival.BROKER), capture, landing(map, outputs));
    }

    /** One at least, also where the definition has none. */
    private List<String> topics(YamlMap map) {
        var topics = map.node("kafka").filter(SequenceNode.class::isInstance).isPresent()
                ? map.texts("kafka")
                : List.of(map.filledText("kafka", "raw_feed").orElse(""));
        if (topics.isEmpty() || topics.size() > Source.Kafka.MOST_TOPICS) {
            problems.add(
                    map.placeOfValue("kafka"),
                    "the source has %d topics".formatted(topics.size()),
                    "name 1 to %d".formatted(Source.Kafka.MOST_TOPICS));
        } else if (Set.copyOf(topics).size() < topics.size()) {
            problems.add(map.placeOfValue("kafka"), "a topic is named twice", "name each once");
        }
        return topics.isEmpty() ? List.of("") : topics;
    }

    private Source folder(YamlMap map, List<Output> outputs) {
        var folder = map.filledText("files", "data/input").orElse("");
        var format = new FormatReading(problems).ofFiles(map);
        int most = map.whole("max_files", 1).orElse(MOST_FILES);
        var archive = map.filledText("archive", "data/archive");
        if (archive.isPresent() && OutputReading.folder(archive.get()).equals(OutputReading.folder(folder))) {
            problems.add(
                    map.placeOfValue("archive"), "the archive is the folder itself", "name another folder beside it");
        }
        var order = word(map, "order", Source.Order.values(), "is no order of files");
        var onBadFile = word(map, "on_bad_file", Source.OnBadFile.values(), "is nothing that can be done with a file");
        return new Source.Files(
                folder,
                format,
                most,
                order.orElse(Source.Order.NAME),
                onBadFile.orElse(Source.OnBadFile.STOP),
                archive,
                landing(map, outputs));
    }

    /** One of {@code values}, which are written in lower case. */
    private static <E extends Enum<E>> Optional<E> word(YamlMap map, String key, E[] values, String what) {
        var words = Arrays.stream(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
        return map.word(key, words, what).map(word -> values[words.indexOf(word)]);
    }

    private Landing landing(YamlMap map, List<Output> outputs) {
        var ledger = map.has("ledger") ? Optional.of(Databases.named(map, "ledger", problems)) : map.text("ledger");
        var database = ledger.or(() -> outputs.stream()
                        .filter(Output.Table.class::isInstance)
                        .map(output -> ((Output.Table) output).database())
                        .findFirst())
                .orElse("sqlite");
        var land = map.node("land");
        if (land.isEmpty()) {
            return new Landing.Segments(Landing.Segments.FOLDER, database);
        }
        if (!(land.get() instanceof MappingNode)) {
            map.word("land", SourceKeys.KAFKA.words("land"), "is no place to keep records");
            return new Landing.Segments(Landing.Segments.FOLDER, database);
        }
        var read = landing(YamlMap.of(land.get(), "'land'", problems), database);
        if (read instanceof Landing.Table && map.has("ledger")) {
            problems.add(
                    map.placeOfKey("ledger"),
                    "the ledger lies in the database of the landing table",
                    "remove it, or write land: segments");
        }
        return read;
    }

    private Landing landing(YamlMap map, String database) {
        map.refuseWithout("in", "table");
        map.refuseWithout("key", "table");
        if (map.has("segments") && map.has("table")) {
            problems.add(map.place(), "records land in a table and in segments", "keep one of them");
        }
        Landing read = map.has("segments") ? segments(map, database) : table(map);
        map.refuseOthers(SourceKeys.LAND);
        return read;
    }

    private Landing table(YamlMap map) {
        return new Landing.Table(map.name("table", "my_raw"), Databases.named(map, "in", problems), map.texts("key"));
    }

    private Landing segments(YamlMap map, String database) {
        var folder = map.requiredText("segments", "data/segments");
        if (folder.contains(":") && address(folder).isEmpty()) {
            problems.add(
                    map.placeOfValue("segments"),
                    "'%s' is neither a folder nor the address of one".formatted(folder),
                    "write e.g. data/segments or s3a://bucket/segments");
        }
        return new Landing.Segments(folder, database);
    }

    /** The address of a folder on another file system. */
    private static Optional<URI> address(String text) {
        try {
            return Optional.of(new URI(text)).filter(uri -> uri.getScheme() != null && uri.getPath() != null);
        } catch (URISyntaxException noAddress) {
            return Optional.empty();
        }
    }

    private Optional<Capture> capture(YamlMap map) {
        var url = map.requiredText("coinbase", "true");
        var channel = map.filledText("channel", "ticker").orElse("ticker");
        var products = map.texts("products");
        if (products.isEmpty()) {
            problems.add(
                    map.placeOfKey("products"), "the capture names no products", "write e.g. 'products: [BTC-USD]'");
        }
        var required = map.texts("required");
        map.refuseOthers(SourceKeys.CAPTURE);
        var address = socket(url.equals("true") ? COINBASE : url);
        if (address.isEmpty() && !url.isBlank()) {
            problems.add(
                    map.placeOfValue("coinbase"),
                    "'%s' is not the address of a web socket".formatted(url),
                    "write true, or e.g. \"%s\"".formatted(COINBASE));
        }
        return address.map(it -> new Capture("coinbase", it, channel, products, required));
    }

    private static Optional<URI> socket(String text) {
        try {
            var read = new URI(text);
            boolean socket = "ws".equals(read.getScheme()) || "wss".equals(read.getScheme());
            return socket && read.getHost() != null ? Optional.of(read) : Optional.empty();
        } catch (URISyntaxException noAddress) {
            return Optional.empty();
        }
    }
}
