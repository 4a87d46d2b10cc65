package dev.tandem.diff.attach;

import dev.tandem.diff.attach.ViewRows.RowCase;
import dev.tandem.model.Window.Span;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Every number in which a table differs from the log, as CSV, one line for each measure of a row. */
final class DifferenceFile implements AutoCloseable {
    private static final String NAME = "differences.csv";

    private final Path file;
    private final BufferedWriter writer;

    DifferenceFile(Path folder) {
        file = folder.resolve(NAME);
        try {
            Files.createDirectories(folder);
            writer = Files.newBufferedWriter(file);
            writer.write("view,window_start,key,measure,log,stream,batch\n");
        } catch (IOException e) {
            throw failed(e);
        }
    }

    Path file() {
        return file;
    }

    private UncheckedIOException failed(IOException e) {
        return new UncheckedIOException(
                "Cannot write %s: %s; give --out a folder that can be written".formatted(file, e.getMessage()), e);
    }

    /** Writes the measures of a row in which one of the tables differs. */
    void write(ViewPlan plan, RowCase row, Optional<List<@Nullable Object>> log, List<SideTally> tallies) {
        if (tallies.stream().allMatch(tally -> tally.same(log, tally.stored(row)))) {
            return;
        }
        var start = row.window().equals(Span.ALL) ? "" : row.window().start().toString();
        var key = RowBridges.key(plan, row.key()).entrySet().stream()
                .map(it -> it.getKey() + "=" + it.getValue())
                .collect(Collectors.joining(" "));
        for (int index = 0; index < plan.shape().measures().size(); index++) {
            if (differs(index, row, log, tallies)) {
                line(List.of(
                        plan.shape().name(),
                        start,
                        key,
                        plan.shape().measures().get(index).name(),
                        RowBridges.text(log, index).orElse(""),
                        cell(true, index, row, tallies),
                        cell(false, index, row, tallies)));
            }
        }
    }

    private static boolean differs(
            int index, RowCase row, Optional<List<@Nullable Object>> log, List<SideTally> tallies) {
        return tallies.stream().anyMatch(tally -> {
            var stored = tally.stored(row);
            return tally.compares(index)
                    && (log.isPresent() != stored.isPresent()
                            || (log.isPresent()
                                    && stored.isPresent()
                                    && !tally.same(
                                            index,
                                            log.get().get(index),
                                            stored.get().get(index))));
        });
    }

    private static String cell(boolean ofStream, int index, RowCase row, List<SideTally> tallies) {
        return tallies.stream()
                .filter(tally -> tally.isOfStream() == ofStream && tally.compares(index))
                .findFirst()
                .flatMap(tally -> RowBridges.text(tally.stored(row), index))
                .orElse("");
    }

    private void line(List<String> cells) {
        try {
            writer.write(cells.stream().map(DifferenceFile::quoted).collect(Collectors.joining(",")));
            writer.write('\n');
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static String quoted(String cell) {
        return cell.matches("[^,\"\\r\\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
