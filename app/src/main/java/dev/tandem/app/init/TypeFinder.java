package dev.tandem.app.init;

import dev.tandem.model.FieldType;
import dev.tandem.model.Schema.Conversion;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the narrowest type that holds the values of a column. A value in a hundred may fail: it is a malformed record, not a reason for text. */
final class TypeFinder {
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?");
    private static final Pattern WHOLE = Pattern.compile("[+-]?\\d{1,19}");
    private static final Pattern LEADING_ZERO = Pattern.compile("[+-]?0\\d.*");
    private static final int USUAL_PRECISION = 18;
    private static final int MOST_DIGITS = 35;
    private static final int MOST_SCALE = 12;
    private static final long SECONDS_FROM = 946_684_800L; // 2000-01-01
    private static final long SECONDS_TO = 4_102_444_800L; // 2100-01-01

    private TypeFinder() {}

    /** What {@code column} is, as a field {@code name} that is read from there. */
    static Finding find(Column column, String name) {
        var origin = FieldNames.origin(column.path());
        var none = new Finding(name, origin, FieldType.TEXT, Conversion.NONE, Optional.empty(), Optional.of(column));
        if (column.count() == 0) {
            return none;
        }
        if (column.share(TypeFinder::isTruth) >= TimeStyle.ENOUGH) {
            return none.withType(new FieldType.Truth());
        }
        if (column.share(TypeFinder::isNumber) >= TimeStyle.ENOUGH) {
            return number(none, column);
        }
        var style = TimeStyle.of(column);
        if (style.isPresent()) {
            return new Finding(name, origin, new FieldType.Timestamp(), Conversion.NONE, style, Optional.of(column));
        }
        if (TimeStyle.days(column)) {
            return none.withType(new FieldType.Date());
        }
        if (column.share(it -> it.kind() == Cell.Kind.LIST) >= TimeStyle.ENOUGH) {
            return list(column).map(none::withType).orElseGet(() -> none.asText(true));
        }
        boolean text = column.share(it -> it.kind() == Cell.Kind.TEXT) == 1;
        return text ? none : none.asText(true);
    }

    /** A CSV cell may have any case, a JSON text is none. */
    private static boolean isTruth(Cell cell) {
        return cell.kind() == Cell.Kind.TRUTH;
    }

    /** Columns of CSV cells, which are all text. */
    static Finding findInCsv(Column column, String name) {
        var found = find(column, name);
        boolean truth = column.share(
                        it -> it.text().equalsIgnoreCase("true") || it.text().equalsIgnoreCase("false"))
                >= TimeStyle.ENOUGH;
        return truth ? found.withType(new FieldType.Truth()) : found;
    }

    private static boolean isNumber(Cell cell) {
        boolean scalar = cell.kind() == Cell.Kind.NUMBER || cell.kind() == Cell.Kind.TEXT;
        return scalar && NUMBER.matcher(cell.text()).matches();
    }

    private static Finding number(Finding text, Column column) {
        boolean asTexts = column.present().anyMatch(it -> it.kind() == Cell.Kind.TEXT);
        boolean zeros = asTexts
                && column.texts().anyMatch(it -> LEADING_ZERO.matcher(it).matches() && !it.contains("."));
        if (zeros || (asTexts && Hints.identifies(column.lastName()))) {
            boolean mixed = column.present().anyMatch(it -> it.kind() != Cell.Kind.TEXT);
            return mixed ? text.asText(true) : text;
        }
        var epoch = Hints.time(column.lastName()) ? epoch(column) : Optional.<Conversion>empty();
        if (epoch.isPresent()) {
            return new Finding(
                    text.name(),
                    text.origin(),
                    new FieldType.Timestamp(),
                    epoch.get(),
                    Optional.empty(),
                    Optional.of(column));
        }
        return text.withType(column.share(TypeFinder::isWhole) >= TimeStyle.ENOUGH ? FieldType.LONG : decimal(column));
    }

    private static boolean isWhole(Cell cell) {
        return WHOLE.matcher(cell.text()).matches() && new BigInteger(cell.text()).bitLength() < Long.SIZE;
    }

    private static Optional<Conversion> epoch(Column column) {
        for (var conversion : List.of(Conversion.EPOCH_SECONDS, Conversion.EPOCH_MILLIS, Conversion.EPOCH_MICROS)) {
            var unit = BigDecimal.valueOf(1_000_000 / conversion.micros());
            var from = BigDecimal.valueOf(SECONDS_FROM).multiply(unit);
            var to = BigDecimal.valueOf(SECONDS_TO).multiply(unit);
            if (column.share(it -> isNumber(it) && within(new BigDecimal(it.text()), from, to)) >= TimeStyle.ENOUGH) {
                return Optional.of(conversion);
            }
        }
        return Optional.empty();
    }

    private static boolean within(BigDecimal value, BigDecimal from, BigDecimal to) {
        return value.compareTo(from) >= 0 && value.compareTo(to) < 0;
    }

    /** Three digits more before the point than seen; behind it as many as seen, and at least two. */
    private static FieldType decimal(Column column) {
        var numbers = column.present()
                .filter(TypeFinder::isNumber)
                .map(it -> new BigDecimal(it.text()))
                .toList();
        int seen = numbers.stream().mapToInt(BigDecimal::scale).max().orElse(0);
        int scale = seen <= 0 ? 0 : Math.max(2, seen);
        int whole = numbers.stream()
                .mapToInt(it -> it.precision() - it.scale())
                .max()
                .orElse(0);
        if (scale > MOST_SCALE || Math.max(0, whole) + scale > MOST_DIGITS) {
            return FieldType.DOUBLE;
        }
        return new FieldType.Decimal(Math.max(USUAL_PRECISION, Math.max(0, whole) + scale + 3), scale);
    }

    /** A list of texts or of whole numbers. */
    private static Optional<FieldType> list(Column column) {
        var elements =
                column.texts().map(JsonColumns::elements).flatMap(List::stream).toList();
        if (elements.stream().allMatch(it -> it.kind() == Cell.Kind.TEXT)) {
            return Optional.of(new FieldType.ListOf(FieldType.TEXT));
        }
        boolean wholes = elements.stream().allMatch(it -> it.kind() == Cell.Kind.NUMBER && isWhole(it));
        return wholes ? Optional.of(new FieldType.ListOf(FieldType.LONG)) : Optional.empty();
    }
}
