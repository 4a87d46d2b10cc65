package dev.tandem.feed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The numbers that a prefix has already used up in some folders, whatever the files' endings. A stream takes files in by name, so a new
 * number must follow the used ones as text, not only as a number: {@code 10000} comes before {@code 9999}. Numbers are therefore padded
 * with zeros to one width, and where shorter ones lie in a folder the new ones begin behind them.
 */
record FileNumbers(String prefix) {
    private static final int WIDTH = 10;
    /** More digits than this would not fit a long once it has grown by one. */
    private static final int MOST_DIGITS = 18;

    /**
     * The numbers from here on.
     *
     * @param used the highest number that may be taken already; 0 for none
     * @param width to which numbers are padded with zeros
     */
    record Series(long used, int width) {
        String digits(long number) {
            return ("%0" + width + "d").formatted(number);
        }
    }

    /** What follows every number that lies in {@code folders}, searched in depth. */
    Series after(Stream<Path> folders) {
        var taken = folders.filter(Files::isDirectory)
                .map(this::digitsIn)
                .flatMap(Collection::stream)
                .toList();
        int width =
                Math.max(WIDTH, taken.stream().mapToInt(String::length).max().orElse(0));
        long used = taken.stream()
                .mapToLong(digits -> digits.length() == width ? Long.parseLong(digits) : behind(digits, width))
                .max()
                .orElse(0);
        return new Series(used, width);
    }

    /** The number of this width that is the first to come after {@code digits} as text. */
    private static long behind(String digits, int width) {
        return Long.parseLong(digits + "0".repeat(width - digits.length()));
    }

    private List<String> digitsIn(Path folder) {
        var pattern = Pattern.compile(Pattern.quote(prefix) + "(\\d{1,%d})\\..*".formatted(MOST_DIGITS));
        var found = new ArrayList<String>();
        try (var files = Files.walk(folder)) {
            files.forEach(file -> {
                var matcher = pattern.matcher(file.getFileName().toString());
                if (matcher.matches()) {
                    found.add(matcher.group(1));
                }
            });
        } catch (IOException | UncheckedIOException e) {
            throw new FeedException(
                    "Cannot look into %s: %s; check the folder and who may read it".formatted(folder, e.getMessage()),
                    e);
        }
        return found;
    }
}
