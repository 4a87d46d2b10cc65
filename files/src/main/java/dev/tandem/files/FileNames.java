package dev.tandem.files;

import dev.tandem.files.FolderContents.LeftOut;
import dev.tandem.model.Format;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a name says of a file: still being written, a file to read, or none of ours. */
final class FileNames {
    private static final String GZIP = ".gz";
    private static final Map<Format.Kind, List<String>> EXTENSIONS =
            Map.of(Format.Kind.CSV, List.of(".csv"), Format.Kind.JSON, List.of(".json", ".jsonl", ".ndjson"));

    private FileNames() {}

    static boolean unfinished(String name) {
        return name.startsWith(".") || name.startsWith("_") || name.endsWith(".tmp");
    }

    static boolean compressed(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(GZIP);
    }

    /** Why a file of this name is left alone; empty if it is to be taken in, as any file of lines is that an extension reads. */
    static Optional<LeftOut> refusal(String name, Format.Kind kind) {
        if (name.indexOf('\uFFFD') >= 0) {
            return Optional.of(new LeftOut(
                    name, "its name is not text in this locale", "rename it, or run Tandem under a UTF-8 locale"));
        }
        if (kind == Format.Kind.PROVIDED) {
            return Optional.empty();
        }
        var lower = name.toLowerCase(Locale.ROOT);
        var plain = lower.endsWith(GZIP) ? lower.substring(0, lower.length() - GZIP.length()) : lower;
        var known = EXTENSIONS.getOrDefault(kind, List.of());
        return known.stream().anyMatch(plain::endsWith)
                ? Optional.empty()
                : Optional.of(new LeftOut(
                        name,
                        "its name does not end in %s, plain or with %s".formatted(String.join(", ", known), GZIP),
                        "rename it if it is to be read"));
    }
}
