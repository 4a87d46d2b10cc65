package dev.tandem.diff.why;

import dev.tandem.diff.duck.Sql;
import dev.tandem.diff.table.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Names that differ by case, blanks, Unicode form, padding or separators. */
final class Spelling implements Hypothesis {
    /** A way to write what is meant in one form only. */
    private record Form(String change, String sql) {}

    private static final String BLANKS = "trim(regexp_replace(%s, '[\\s\\x{00A0}\\x{200B}\\x{FEFF}]+', ' ', 'g'))";

    private static final List<Form> FORMS = List.of(
            new Form("upper and lower case", "lower(%s)"),
            new Form("blanks", BLANKS),
            new Form("composed and decomposed Unicode letters", "nfc_normalize(%s)"),
            new Form("leading zeros", "regexp_replace(%s, '^0+(.)', '\\1')"),
            new Form("separators", "regexp_replace(%s, '[-_ ./:]', '', 'g')"),
            new Form("case and blanks", "lower(" + BLANKS + ")"),
            new Form("case and separators", "regexp_replace(lower(%s), '[-_ ./:]', '', 'g')"));

    @Override
    public List<Candidate> candidates(Bench bench) {
        var found = new ArrayList<Candidate>();
        for (var form : FORMS) {
            for (var column : bench.texts()) {
                if (occurs(bench, column, form)) {
                    found.add(candidate(bench, List.of(column), form));
                }
            }
            if (bench.texts().size() > 1 && bench.texts().stream().allMatch(column -> occurs(bench, column, form))) {
                found.add(candidate(bench, bench.texts(), form));
            }
        }
        return found;
    }

    /** Most forms change nothing in most columns; those need not be tried. */
    private static boolean occurs(Bench bench, Column column, Form form) {
        var field = Sql.name(column.field());
        return bench.duck()
                        .number(
                                "SELECT count(*) FROM (SELECT %1$s FROM %3$s UNION ALL SELECT %1$s FROM %4$s) WHERE %1$s <> %2$s"
                                        .formatted(field, form.sql().formatted(field), bench.left(), bench.right()))
                > 0;
    }

    private static Candidate candidate(Bench bench, List<Column> columns, Form form) {
        var values = new LinkedHashMap<Column, String>();
        columns.forEach(column -> values.put(column, form.sql().formatted(Sql.name(column.field()))));
        return Candidate.onBoth(
                Pattern.SPELLING,
                "%s in %s do not count".formatted(form.change(), Candidate.names(columns)),
                (left, right) -> Candidate.replacing(left, values),
                (left, right) -> Candidate.replacing(right, values),
                columns.stream().anyMatch(bench::isKey) ? Candidate.Keys.CHANGED : Candidate.Keys.KEPT);
    }
}
