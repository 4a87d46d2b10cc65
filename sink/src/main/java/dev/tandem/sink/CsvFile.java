package dev.tandem.sink;

import dev.tandem.fold.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file with a header (RFC 4180), which gets its name when it is whole. Null is nothing between two commas, empty text is
 * {@code ""}: a distinction that commons-csv cannot write. Data files say exactly what the values are, so text that a spreadsheet
 * would take for a formula stays as it is; open them with a reader of data.
 */
final class CsvFile {
    private static final Pattern QUOTED = Pattern.compile("[\",\r\n]|^\\s|\\s$");

    private final Path target;
    private final Path aside;
    private final StagedFile out;
    private final StringBuilder line = new StringBuilder();

    CsvFile(Path target, List<Shape.Column> columns) throws IOException {
        this.target = target;
        aside = target.resolveSibling("." + target.getFileName() + StagedFile.SUFFIX);
        out = new StagedFile(aside);
        line(columns.stream().map(Shape.Column::name).toList());
    }

    void write(Tuple tuple) throws IOException {
        line(tuple.values());
    }

    private void line(List<? extends @Nullable Object> values) throws IOException {
        line.setLength(0);
        for (var value : values) {
            if (value != null) {
                cell(Texts.of(value));
            }
            line.append(',');
        }
        line.setLength(Math.max(0, line.length() - 1));
        out.write(line.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    }

    private void cell(String text) {
        if (text.isEmpty() || QUOTED.matcher(text).find()) {
            line.append('"').append(text.replace("\"", "\"\"")).append('"');
        } else {
            line.append(text);
        }
    }

    /** Gives the file its name, in place of the one that has it. */
    void place() throws IOException {
        out.close();
        Disk.place(aside, target);
        Disk.force(Disk.folderOf(target));
    }

    /** {@link #place}s it if its content has another checksum than {@code known}; returns its own. */
    String placeUnless(String known) throws IOException {
        out.close();
        var checksum = out.sha256Text();
        if (checksum.equals(known)) {
            Files.delete(aside);
        } else {
            place();
        }
        return checksum;
    }

    /** Ends what is not placed; after that it does nothing. */
    void abandon() {
        out.abandon();
    }
}
