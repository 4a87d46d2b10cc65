package dev.tandem.sink;

import dev.tandem.model.Mode;
import dev.tandem.model.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The current rows of a view in one file {@code latest.json}, which is replaced by each write that changes it: for clients that
 * poll and need neither a database nor the history. A reader sees the previous file or the new one, never a part of either.
 */
final class LatestSink implements Sink {
    private static final String NAME = "latest.json";

    private final Path folder;
    private final Content content;
    private final Mode mode;
    private final Optional<LatestRows> latest;

    private LatestSink(Path folder, Content content, Mode mode) throws IOException {
        this.folder = folder;
        this.content = content;
        this.mode = mode;
        latest = mode == Mode.STREAM ? Optional.of(LatestRows.open(folder, content)) : Optional.empty();
        Disk.clear(folder);
    }

    static LatestSink open(Output.Latest output, Content content, Sinks.Setting setting) {
        if (content.kind() != Content.Kind.VIEW) {
            throw new SinkException(
                    "Cannot write the latest rows of '%s': they show a view as a whole, and these are records; write them to a lake or CSV"
                            .formatted(content.name()));
        }
        var folder = setting.folder(output.folder());
        try {
            Belonging.of(setting, content).claim(folder);
            return new LatestSink(folder, content, setting.mode());
        } catch (IOException e) {
            throw new SinkException(
                    "Cannot open the folder of latest rows %s: %s; check the folder and the disk".formatted(folder, e),
                    e);
        }
    }

    @Override
    public void write(long number, Iterator<Tuple> tuples) {
        try {
            if (latest.isEmpty()) {
                place(number, KeyOrder.standing(tuples));
                return;
            }
            boolean changes = tuples.hasNext();
            latest.get().write(number, tuples);
            if (changes) {
                place(number, latest.get().rows());
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void place(long number, Collection<Tuple> rows) throws IOException {
        var sorted = new KeyOrder(content.keys()).sorted(rows);
        var document = new LinkedHashMap<String, Object>();
        document.put("view", content.name());
        document.put("mode", mode.word());
        document.put("number", number);
        document.put("rows", sorted.stream().map(this::row).toList());
        Disk.write(folder.resolve(NAME), Texts.json(document) + "\n");
    }

    private Map<String, @Nullable Object> row(Tuple tuple) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        for (int index = 0; index < content.columns().size(); index++) {
            row.put(
                    content.columns().get(index).name(),
                    Texts.inJson(tuple.values().get(index)));
        }
        row.put("status", tuple.state().word());
        row.put("revision", tuple.revision());
        row.put("events", tuple.events());
        return row;
    }

    private SinkException failed(IOException e) {
        return new SinkException(
                "Cannot write the latest rows of '%s' to %s: %s; check the disk".formatted(content.name(), folder, e),
                e);
    }

    @Override
    public void close() {
        if (latest.isEmpty()) {
            return;
        }
        try {
            latest.get().close();
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
