package dev.tandem.parity.report;

import java.util.Collection;
import java.util.stream.Collectors;

/** Markup that is safe to show. The only way in for text is {@link #of}, which escapes it, so no caller can forget to. */
public record Html(String markup) {
    public static final Html EMPTY = new Html("");

    /** {@code template} is markup of ours; each {@code {}} takes a value: {@code Html} as it is, anything else escaped. */
    public static Html of(String template, Object... values) {
        var out = new StringBuilder(template.length() + 64);
        var from = 0;
        for (var value : values) {
            var hole = template.indexOf("{}", from);
            if (hole < 0) {
                throw new IllegalArgumentException(
                        "Cannot fill a template: it has fewer holes than the %d values given; template: %s"
                                .formatted(values.length, template));
            }
            out.append(template, from, hole);
            out.append(value instanceof Html html ? html.markup : Escaped.text(value.toString()));
            from = hole + 2;
        }
        return new Html(out.append(template, from, template.length()).toString());
    }

    public static Html joined(Collection<Html> parts) {
        return new Html(parts.stream().map(Html::markup).collect(Collectors.joining("\n")));
    }

    @Override
    public String toString() {
        return markup;
    }
}
