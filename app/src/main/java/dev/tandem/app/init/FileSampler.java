package dev.tandem.app.init;

import dev.tandem.app.init.Sample.Sampled;
import dev.tandem.files.FileSample;
import dev.tandem.files.FilesException;
import dev.tandem.files.Intake;
import dev.tandem.files.RecordForm;
import dev.tandem.model.Format;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Samples a file, or the files of a folder: the beginning of each, so that files whose records look different are all seen. Files are
 * split by the reader that a stream uses.
 */
final class FileSampler {
    private static final int MOST_FILES = 100;
    private static final int LOOKED_AT = 200;

    private final String shown;
    private final Path path;
    private final int most;
    private final List<String> notes = new ArrayList<>();

    /** {@code shown} is the path as a person wrote it; at most {@code most} records are read. */
    FileSampler(String shown, Path path, int most) {
        this.shown = shown;
        this.path = path;
        this.most = most;
    }

    Sample sample() {
        if (!Files.exists(path)) {
            throw InitException.surroundings(
                    "Cannot read %s: there is no such file or folder; check the path".formatted(shown));
        }
        var kind = kind();
        var files = spread(FileSample.files(path.toString(), Intake.of(form(kind, ',', Format.InFile.USUAL))));
        var inFile = inFile(files.get(0), kind);
        return kind == Format.Kind.CSV ? csv(files, inFile) : json(files, inFile);
    }

    /** By the names of files; where they say nothing, by the first letter of the first record. */
    private Format.Kind kind() {
        var names = Files.isDirectory(path)
                ? names(path)
                : List.of(path.getFileName().toString());
        long csv = names.stream()
                .filter(it -> it.matches("(?i).*\\.(csv|tsv)(\\.gz)?"))
                .count();
        long json = names.stream()
                .filter(it -> it.matches("(?i).*\\.(json|jsonl|ndjson)(\\.gz)?"))
                .count();
        if (csv != json) {
            if (Math.min(csv, json) > 0) {
                notes.add("%d files of another format are left out".formatted(Math.min(csv, json)));
            }
            return csv > json ? Format.Kind.CSV : Format.Kind.JSON;
        }
        if (Files.isDirectory(path)) {
            throw InitException.question(
                    "Cannot tell what %s holds: %d CSV and %d JSON files; name one file, or a folder of .csv or .jsonl files, plain or with .gz"
                            .formatted(shown, csv, json));
        }
        var first = FileSample.records(path, form(Format.Kind.CSV, ',', Format.InFile.USUAL), 1);
        var text = first.isEmpty() ? "" : new String(first.get(0), StandardCharsets.UTF_8).strip();
        return text.startsWith("{") || text.startsWith("[") ? Format.Kind.JSON : Format.Kind.CSV;
    }

    private static List<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(it -> it.getFileName().toString()).toList();
        } catch (IOException e) {
            throw InitException.surroundings("Cannot list %s: %s; give the user that runs Tandem the right to read it"
                    .formatted(folder, e.getMessage()));
        }
    }

    /** At most a hundred files, the first and the last among them. */
    private List<Path> spread(List<Path> files) {
        if (files.size() <= MOST_FILES) {
            return files;
        }
        notes.add("%d of %d files were looked at".formatted(MOST_FILES, files.size()));
        return IntStream.range(0, MOST_FILES)
                .mapToObj(it -> files.get((int) ((long) it * (files.size() - 1) / (MOST_FILES - 1))))
                .toList();
    }

    private static RecordForm form(Format.Kind kind, char delimiter, Format.InFile inFile) {
        return new RecordForm(kind, false, delimiter, inFile, List.of());
    }

    /** The encoding, and whether each JSON object has a line of its own. */
    private Format.InFile inFile(Path file, Format.Kind kind) {
        var encoding = encoding(file, kind);
        var lines = new Format.InFile(encoding, Format.Layout.LINES);
        if (kind == Format.Kind.CSV) {
            return lines;
        }
        var first = FileSample.records(file, form(kind, ',', lines), 1);
        boolean whole = first.isEmpty() || JsonColumns.object(first.get(0)).isPresent();
        return whole ? lines : new Format.InFile(encoding, Format.Layout.VALUES);
    }

    private String encoding(Path file, Format.Kind kind) {
        try {
            var usual = FileSample.records(file, form(kind, ',', Format.InFile.USUAL), Math.min(most, 5_000));
            if (usual.stream().allMatch(it -> decodes(it, StandardCharsets.UTF_8))) {
                return "UTF-8";
            }
            var windows = Charset.forName("windows-1252");
            boolean fits = usual.stream().allMatch(it -> decodes(it, windows));
            var chosen = fits ? "windows-1252" : "ISO-8859-1";
            notes.add("%s is not UTF-8; %s is assumed: look at letters with accents"
                    .formatted(file.getFileName(), chosen));
            return chosen;
        } catch (FilesException e) {
            if (String.valueOf(e.getMessage()).contains("UTF-16")) {
                return "UTF-16";
            }
            throw e;
        }
    }

    private static boolean decodes(byte[] record, Charset charset) {
        try {
            charset.newDecoder().decode(ByteBuffer.wrap(record));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private Sample json(List<Path> files, Format.InFile inFile) {
        var format = new Format(Format.Kind.JSON, false, ',', Optional.empty(), Optional.empty(), inFile);
        return sample(format, List.of(), files, new RecordForm(format, List.of()));
    }

    private Sample csv(List<Path> files, Format.InFile inFile) {
        var head = new CsvHead(
                delimiter -> FileSample.records(files.get(0), form(Format.Kind.CSV, delimiter, inFile), LOOKED_AT),
                shown);
        var table = head.table();
        notes.addAll(table.notes());
        var format = new Format(
                Format.Kind.CSV, table.header(), table.delimiter(), Optional.empty(), Optional.empty(), inFile);
        return sample(format, table.names(), files, new RecordForm(format, table.names()));
    }

    private Sample sample(Format format, List<String> names, List<Path> files, RecordForm form) {
        var records = new ArrayList<Sampled>();
        int left = files.size();
        for (var file : files) {
            int share = (most - records.size() + left - 1) / left;
            left--;
            var arrived = OptionalLong.of(FileSample.changedMillis(file));
            try {
                FileSample.records(file, form, share).forEach(it -> records.add(new Sampled(it, arrived)));
            } catch (FilesException bad) {
                if (files.size() == 1) {
                    throw bad;
                }
                notes.add("left out: " + bad.getMessage());
            }
        }
        if (records.isEmpty()) {
            throw InitException.question(
                    "Cannot propose anything from %s: it has no records; give a file that has some".formatted(shown));
        }
        return new Sample(new Sample.Place.InFiles(shown, path.normalize()), format, names, records, notes);
    }
}
