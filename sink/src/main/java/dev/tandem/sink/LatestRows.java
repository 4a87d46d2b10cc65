package dev.tandem.sink;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.fold.Identity;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The newest version of each row of a view, for outputs that show the view as a whole: a stream reports only what changed, also
 * after it was killed. They are in memory and in the log {@code _state/rows.jsonl}, to which each micro-batch is added and forced
 * to disk. Writing a micro-batch again undoes what it had done, since it may have other contents. When the log is much longer
 * than the number of rows, it is rewritten.
 */
final class LatestRows implements AutoCloseable {
    private static final int SPARE_LINES = 10_000;

    private final Path folder;
    private final Path log;
    private final TupleLines lines;
    private final Map<Identity, Tuple> rows = new LinkedHashMap<>();
    /** What the last micro-batch changed, as it was before. */
    private final Map<Identity, Optional<Tuple>> before = new HashMap<>();

    private FileChannel channel;
    private long number;
    private long end;
    private long lastBegins;
    private long logged;

    private LatestRows(Path folder, Content content) throws IOException {
        this.folder = folder;
        lines = new TupleLines(content.columns());
        log = folder.resolve("_state").resolve("rows.jsonl");
        Disk.make(Disk.folderOf(log));
        Disk.clear(Disk.folderOf(log));
        read();
        channel = appending();
    }

    static LatestRows open(Path folder, Content content) throws IOException {
        return new LatestRows(folder, content);
    }

    private FileChannel appending() throws IOException {
        boolean fresh = !Files.exists(log);
        var opened = FileChannel.open(log, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (fresh) {
            Disk.force(Disk.folderOf(log));
        }
        opened.truncate(end);
        opened.position(end);
        return opened;
    }

    /** Takes whole micro-batches; what a killed process had begun of another is cut off by {@link #appending}. */
    private void read() throws IOException {
        if (!Files.exists(log)) {
            return;
        }
        var begun = new ArrayList<Tuple>();
        try (var in = new RandomAccessFile(log.toFile(), "r")) {
            var reader = new LineReader(in);
            for (var line = reader.next(); line.isPresent(); line = reader.next()) {
                var tree = lines.tree(line.get());
                if (tree.isPresent() && tree.get().isArray()) {
                    begun.add(lines.tuple(tree.get()));
                } else if (tree.isPresent() && ends(tree.get(), begun)) {
                    lastBegins = end;
                    take(tree.get().get("number").longValue(), begun);
                    begun.clear();
                    end = reader.position();
                } else {
                    return;
                }
            }
        }
    }

    private static boolean ends(JsonNode tree, List<Tuple> begun) {
        return tree.path("number").isIntegralNumber() && tree.path("rows").asInt(-1) == begun.size();
    }

    private void take(long taken, List<Tuple> tuples) {
        before.clear();
        number = taken;
        logged += tuples.size();
        for (var tuple : tuples) {
            var old = tuple.state() == Tuple.State.GONE ? rows.remove(tuple.key()) : rows.put(tuple.key(), tuple);
            before.putIfAbsent(tuple.key(), Optional.ofNullable(old));
        }
    }

    /** The last micro-batch written; 0 if there was none. */
    long number() {
        return number;
    }

    Collection<Tuple> rows() {
        return Collections.unmodifiableCollection(rows.values());
    }

    void write(long written, Iterator<Tuple> tuples) throws IOException {
        if (written < number) {
            throw Belonging.startedAnew(folder, written, number);
        }
        var changed = new ArrayList<Tuple>();
        tuples.forEachRemaining(changed::add);
        if (written == number) {
            takeBack();
        } else if (logged > 4L * rows.size() + SPARE_LINES) {
            writeAnew();
        }
        lastBegins = end;
        // A writing that failed may have left something behind the end.
        channel.truncate(end);
        channel.position(end);
        append(channel, written, changed);
        channel.force(true);
        end = channel.position();
        take(written, changed);
    }

    private void takeBack() throws IOException {
        before.forEach((key, old) -> {
            if (old.isPresent()) {
                rows.put(key, old.get());
            } else {
                rows.remove(key);
            }
        });
        before.clear();
        end = lastBegins;
        channel.truncate(end);
    }

    private void append(FileChannel to, long written, Collection<Tuple> tuples) throws IOException {
        var text = new StringBuilder();
        for (var tuple : tuples) {
            text.append(lines.line(tuple)).append('\n');
            if (text.length() > 1 << 20) {
                write(to, text);
            }
        }
        text.append(Texts.json(Map.of("number", written, "rows", tuples.size())))
                .append('\n');
        write(to, text);
    }

    private static void write(FileChannel to, StringBuilder text) throws IOException {
        var bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
        text.setLength(0);
    }

    private void writeAnew() throws IOException {
        var aside = log.resolveSibling("rows" + StagedFile.SUFFIX);
        try (var fresh = FileChannel.open(
                aside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            append(fresh, number, rows.values());
            fresh.force(true);
            end = fresh.position();
        }
        channel.close();
        Disk.place(aside, log);
        Disk.force(Disk.folderOf(log));
        channel = appending();
        logged = rows.size();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** Lines with where they end, which a BufferedReader does not tell. */
    private static final class LineReader {
        private final RandomAccessFile in;
        private final byte[] buffer = new byte[1 << 16];
        private int filled;
        private int at;
        private long position;

        LineReader(RandomAccessFile in) {
            this.in = in;
        }

        long position() {
            return position;
        }

        /** Empty at the end, and where a last line has no end. */
        Optional<String> next() throws IOException {
            var line = new java.io.ByteArrayOutputStream();
            while (true) {
                if (at == filled) {
                    filled = Math.max(0, in.read(buffer));
                    at = 0;
                    if (filled == 0) {
                        return Optional.empty();
                    }
                }
                int from = at;
                while (at < filled && buffer[at] != '\n') {
                    at++;
                }
                line.write(buffer, from, at - from);
                if (at < filled) {
                    at++;
                    position += line.size() + 1;
                    return Optional.of(line.toString(StandardCharsets.UTF_8));
                }
            }
        }
    }
}
