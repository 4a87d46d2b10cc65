package dev.tandem.app.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of the shop's events: those that the generator has written, and three more that are made of their rows. A copy of each is
 * in a folder beside the drop.
 *
 * @param copies the folder with the copies
 * @param generated the copies of the files that were generated
 */
record ShopFiles(Path copies, List<Path> generated) {
    /** Copies what the generator has written into {@code drop}. */
    static ShopFiles of(Path drop, Path copies) throws IOException {
        Files.createDirectories(copies);
        var all = new ArrayList<Path>();
        for (var file : in(drop)) {
            all.add(Files.copy(file, copies.resolve(file.getFileName().toString())));
        }
        return new ShopFiles(copies, all);
    }

    /** The files of a folder, without the mark of how far an archive goes. */
    static List<Path> in(Path place) throws IOException {
        try (var files = Files.list(place)) {
            return files.filter(it -> !it.getFileName().toString().startsWith(".tandem-"))
                    .sorted()
                    .toList();
        }
    }

    /** A definition whose tables and folders end in {@code suffix}. */
    static String under(String suffix, String text) {
        return text.replaceAll("(?m)^pipeline: (\\w+)", "pipeline: $1" + suffix)
                .replaceAll("table: (\"[^\"]+|\\w+)", "table: $1" + suffix)
                .replace("data/input", "data/input" + suffix)
                .replace("data/archive", "data/archive" + suffix)
                .replace("spark_streaming.log", "spark_streaming" + suffix + ".log");
    }

    /** All rows that were generated. */
    List<String> rows() {
        return generated.stream().flatMap(file -> read(file).skip(1)).toList();
    }

    String header() {
        return read(generated.get(0)).findFirst().orElseThrow();
    }

    private static Stream<String> read(Path file) {
        try {
            return Files.readAllLines(file).stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first row that sells something. */
    String bought() {
        return rows().stream()
                .filter(row -> row.split(",", -1)[3].equalsIgnoreCase("buy"))
                .findFirst()
                .orElseThrow();
    }

    /** Changed copies of events, events that a rule refuses, and the rest of the file that was half written. */
    void bring(Path half, Path drop) throws IOException {
        var changed = List.of(changed(changed(bought(), 9, "7"), 3, " BUY "), changed(rows().get(0), 8, "10.005"));
        var wrong = rows().get(1);
        var refused = List.of(
                changed(wrong, 0, ""),
                changed(changed(wrong, 0, "wrong-1"), 3, "hover"),
                changed(changed(wrong, 0, "wrong-2"), 4, ""),
                changed(changed(wrong, 0, "wrong-3"), 9, "two"));
        write("events_batch_9000.csv", changed, drop);
        write("events_batch_9001.csv", refused, drop);
        var late = List.of(changed(changed(bought(), 0, "one-more-buy"), 8, "2.50"));
        Files.write(half, lines(late));
        Files.move(half, drop.resolve("events_batch_9002.csv"));
        Files.write(copies.resolve("events_batch_9002.csv"), lines(late));
    }

    private void write(String name, List<String> rows, Path drop) throws IOException {
        Files.write(copies.resolve(name), lines(rows));
        var partial = Files.write(drop.resolve("." + name + ".tmp"), lines(rows));
        Files.move(partial, drop.resolve(name));
    }

    private List<String> lines(List<String> rows) {
        var lines = new ArrayList<>(List.of(header()));
        lines.addAll(rows);
        return lines;
    }

    private static String changed(String row, int cell, String to) {
        var cells = row.split(",", -1);
        cells[cell] = to;
        return String.join(",", cells);
    }
}
