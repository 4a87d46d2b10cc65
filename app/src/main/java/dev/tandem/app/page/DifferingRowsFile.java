package dev.tandem.app.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.page.data.DifferenceQuery;
import dev.tandem.page.data.DifferenceQuery.Order;
import dev.tandem.page.data.DifferingRows;
import dev.tandem.page.data.DifferingRows.Cell;
import dev.tandem.page.data.DifferingRows.Row;
import dev.tandem.page.data.Unavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * The rows of the last comparison that differ, read from its file for each question. A file may have as many lines as there are rows, so
 * only those up to the end of the asked page are held.
 */
record DifferingRowsFile(Path file) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);

    private static final Comparator<Row> BY_PLACE = Comparator.comparing(Row::view)
            .thenComparing(it -> it.start().map(Object::toString).orElse(""))
            .thenComparing(it -> it.key().toString());

    /** Empty before the first comparison. */
    Optional<DifferingRows> read(DifferenceQuery query) {
        var page = new Page(query);
        try (var lines = Files.lines(file)) {
            lines.forEach(line -> page.add(row(line)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | UncheckedIOException e) {
            throw new Unavailable("Cannot read %s: %s; compare again".formatted(file, e.getMessage()), e);
        }
        return Optional.of(page.rows());
    }

    /** The rows up to the end of a page. */
    private static final class Page {
        private final DifferenceQuery query;
        private final Comparator<Row> order;
        private final PriorityQueue<Row> kept;
        private long total;
        private long fitting;

        Page(DifferenceQuery query) {
            this.query = query;
            this.order = order(query.order());
            this.kept = new PriorityQueue<>(order.reversed());
        }

        void add(Row row) {
            total++;
            if (!fits(row)) {
                return;
            }
            fitting++;
            kept.add(row);
            if (kept.size() > query.from() + query.most()) {
                kept.remove();
            }
        }

        private boolean fits(Row row) {
            return (query.view().isEmpty() || query.view().equals(row.view()))
                    && (query.cause().isEmpty() || row.causes().containsKey(query.cause()))
                    && (query.start().isEmpty()
                            || row.start()
                                    .map(Instant::toString)
                                    .filter(query.start()::equals)
                                    .isPresent())
                    && (query.text().isEmpty()
                            || row.key().values().stream()
                                    .anyMatch(it -> lower(it).contains(lower(query.text()))));
        }

        private static String lower(String text) {
            return text.toLowerCase(Locale.ROOT);
        }

        DifferingRows rows() {
            return new DifferingRows(
                    total,
                    fitting,
                    kept.stream().sorted(order).skip(query.from()).toList());
        }
    }

    private static Comparator<Row> order(Order order) {
        return switch (order) {
            case PERCENT ->
                Comparator.comparing(DifferingRowsFile::isExplained)
                        .thenComparing(DifferingRowsFile::percent, Comparator.reverseOrder())
                        .thenComparing(DifferingRowsFile::amount, Comparator.reverseOrder())
                        .thenComparing(BY_PLACE);
            case AMOUNT ->
                Comparator.comparing(DifferingRowsFile::amount).reversed().thenComparing(BY_PLACE);
            case WINDOW ->
                Comparator.comparing((Row it) -> it.start().orElse(Instant.MIN)).thenComparing(BY_PLACE);
        };
    }

    private static boolean isExplained(Row row) {
        return !row.causes().isEmpty() && !row.causes().containsKey("unexplained");
    }

    /** A row that one mode lacks differs by the whole. */
    private static BigDecimal percent(Row row) {
        return row.measures().stream()
                .map(it -> it.percent().map(text -> new BigDecimal(text).abs()).orElse(WHOLE))
                .reduce(BigDecimal.ZERO, BigDecimal::max);
    }

    private static BigDecimal amount(Row row) {
        return row.measures().stream()
                .map(it ->
                        it.difference().map(text -> new BigDecimal(text).abs()).orElse(BigDecimal.ZERO))
                .reduce(BigDecimal.ZERO, BigDecimal::max);
    }

    private static Row row(String line) {
        try {
            var row = JSON.readTree(line);
            var measures = new ArrayList<Cell>();
            row.path("measures").forEach(it -> measures.add(cell(it)));
            var records = new ArrayList<String>();
            row.path("records").forEach(it -> records.add(it.asText()));
            return new Row(
                    row.path("view").asText(),
                    text(row.path("start")).map(Instant::parse),
                    text(row.path("end")).map(Instant::parse),
                    texts(row.path("key")),
                    measures,
                    counts(row.path("causes")),
                    List.copyOf(records));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Cell cell(JsonNode cell) {
        return new Cell(
                cell.path("measure").asText(),
                text(cell.path("stream")),
                text(cell.path("batch")),
                text(cell.path("difference")),
                text(cell.path("percent")));
    }

    private static Map<String, String> texts(JsonNode node) {
        var texts = new LinkedHashMap<String, String>();
        node.properties().forEach(it -> texts.put(it.getKey(), it.getValue().asText()));
        return texts;
    }

    private static Map<String, Long> counts(JsonNode node) {
        var counts = new LinkedHashMap<String, Long>();
        node.properties().forEach(it -> counts.put(it.getKey(), it.getValue().asLong()));
        return counts;
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() ? Optional.of(node.asText()) : Optional.empty();
    }
}
