package dev.tandem.diff.side;

import dev.tandem.diff.side.HashedSide.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How a database writes a value as text, and sums the hashes of rows. The same value gives the same text in every database here: only types
 * for which this is certain have a {@link Kind}, and floating-point numbers have none.
 */
enum Hashing {
    POSTGRES("\"") {
        @Override
        Optional<Kind> kind(String type, int precision) {
            return switch (type) {
                case "int2", "int4", "int8", "smallserial", "serial", "bigserial" -> Optional.of(Kind.WHOLE);
                case "bool" -> Optional.of(Kind.TRUTH);
                // Without a precision each value has a scale of its own.
                case "numeric" -> Optional.of(Kind.DECIMAL).filter(it -> precision > 0);
                case "text", "varchar" -> Optional.of(Kind.TEXT);
                case "date" -> Optional.of(Kind.DATE);
                case "timestamp" -> Optional.of(Kind.LOCAL_TIME);
                case "timestamptz" -> Optional.of(Kind.MOMENT);
                default -> Optional.empty();
            };
        }

        @Override
        String text(String name, Kind kind, int scale) {
            return switch (kind) {
                case WHOLE, TEXT -> "%s::text".formatted(name);
                case TRUTH -> "%s::int::text".formatted(name);
                case DECIMAL -> "%s::numeric(%d, %d)::text".formatted(name, MOST_DIGITS, scale);
                case DATE -> time(name, "YYYY-MM-DD");
                case LOCAL_TIME -> time(name, "YYYY-MM-DD HH24:MI:SS.US");
                case MOMENT -> time("(%s AT TIME ZONE 'UTC')".formatted(name), "YYYY-MM-DD HH24:MI:SS.US");
            };
        }

        /** Times that the other databases do not have stay different from all others. */
        private String time(String name, String format) {
            return "CASE WHEN isfinite(%1$s) AND %1$s >= '0001-01-01' THEN to_char(%1$s, '%2$s') ELSE %1$s::text END"
                    .formatted(name, format);
        }

        @Override
        String hash(List<String> texts) {
            return "md5(%s)"
                    .formatted(texts.stream()
                            .map(text -> "coalesce(length(%1$s)::text || ':' || %1$s, 'n')".formatted("(" + text + ")"))
                            .collect(Collectors.joining(" || ")));
        }

        @Override
        String sum(String hash, int from) {
            return "sum(('x' || substr(%s, %d, %d))::bit(60)::bigint)::text".formatted(hash, from, DIGITS);
        }

        @Override
        String part(String name, String least, String width) {
            return "coalesce(div(%s::numeric - (%s), %s), -1)::bigint".formatted(name, least, width);
        }

        @Override
        String bucket(String hash, int buckets) {
            return "('x' || substr(%s, 1, 7))::bit(28)::int %% %d".formatted(hash, buckets);
        }
    },
    MYSQL("`") {
        private static final Set<String> TEXTS = Set.of("VARCHAR", "TINYTEXT", "TEXT", "MEDIUMTEXT", "LONGTEXT");

        @Override
        Optional<Kind> kind(String type, int precision) {
            var word = type.toUpperCase(Locale.ROOT).replace(" UNSIGNED", "");
            if (TEXTS.contains(word)) {
                return Optional.of(Kind.TEXT);
            }
            return switch (word) {
                case "TINYINT", "SMALLINT", "MEDIUMINT", "INT", "INTEGER", "BIGINT" -> Optional.of(Kind.WHOLE);
                case "BOOLEAN" -> Optional.of(Kind.TRUTH);
                case "DECIMAL" -> Optional.of(Kind.DECIMAL);
                case "DATE" -> Optional.of(Kind.DATE);
                case "DATETIME" -> Optional.of(Kind.LOCAL_TIME);
                case "TIMESTAMP" -> Optional.of(Kind.MOMENT);
                default -> Optional.empty();
            };
        }

        /** The session is in UTC. */
        @Override
        String text(String name, Kind kind, int scale) {
            var text = switch (kind) {
                case WHOLE -> "CAST(%s AS CHAR)".formatted(name);
                // What is not 0 is true to whoever reads it.
                case TRUTH -> "CAST(%s <> 0 AS CHAR)".formatted(name);
                case TEXT -> name;
                case DECIMAL -> "CAST(CAST(%s AS DECIMAL(%d, %d)) AS CHAR)".formatted(name, MOST_DIGITS, scale);
                case DATE -> "DATE_FORMAT(%s, '%%Y-%%m-%%d')".formatted(name);
                case LOCAL_TIME, MOMENT -> "DATE_FORMAT(%s, '%%Y-%%m-%%d %%H:%%i:%%s.%%f')".formatted(name);
            };
            return "CONVERT(%s USING utf8mb4) COLLATE utf8mb4_bin".formatted(text);
        }

        @Override
        String hash(List<String> texts) {
            return "MD5(CONCAT(%s))"
                    .formatted(texts.stream()
                            .map(text -> "COALESCE(CONCAT(CHAR_LENGTH(%1$s), ':', %1$s), 'n')".formatted(text))
                            .collect(Collectors.joining(", ")));
        }

        @Override
        String sum(String hash, int from) {
            return "CAST(SUM(CAST(CONV(SUBSTRING(%s, %d, %d), 16, 10) AS DECIMAL(20, 0))) AS CHAR)"
                    .formatted(hash, from, DIGITS);
        }

        @Override
        String part(String name, String least, String width) {
            return "COALESCE((CAST(%s AS DECIMAL(65, 0)) - (%s)) DIV %s, -1)".formatted(name, least, width);
        }

        @Override
        String bucket(String hash, int buckets) {
            return "CAST(CONV(SUBSTRING(%s, 1, 7), 16, 10) AS UNSIGNED) %% %d".formatted(hash, buckets);
        }
    };

    /** All that a DECIMAL of MySQL can have. */
    static final int MOST_DIGITS = 65;

    /** Of the 32 hexadecimal digits of a hash 15 fit into a long. */
    static final int DIGITS = 15;

    private final String quote;

    Hashing(String quote) {
        this.quote = quote;
    }

    /** What a column of this type holds; empty where its text is not certain. */
    abstract Optional<Kind> kind(String type, int precision);

    /** A value as text; null for null. */
    abstract String text(String name, Kind kind, int scale);

    /** The hash of several texts, as hexadecimal digits; nulls and the bounds between texts count. */
    abstract String hash(List<String> texts);

    /** The sum of {@value #DIGITS} digits of each hash. */
    abstract String sum(String hash, int from);

    /** Which stretch of whole numbers a value lies in, counted from 0; -1 for null. */
    abstract String part(String name, String least, String width);

    /** One of so many buckets. */
    abstract String bucket(String hash, int buckets);

    String quoted(String name) {
        return quote + name.replace(quote, quote + quote) + quote;
    }
}
