package dev.tandem.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The shipped tweets definition with so many views in the place of its own: half of them by hashtag, half over everything. */
record ManyViews(Path shipped, int views) {
    private static final int[] MINUTES = {20, 10, 30, 60, 5};

    /** Writes it under {@code folder} and tells the file. */
    Path write(Path folder) {
        try {
            var text = Files.readString(shipped);
            var before = text.substring(0, text.indexOf("\nviews:"));
            var after = text.substring(text.indexOf("\nstream:"));
            var file = folder.resolve("views-%d.yaml".formatted(views));
            Files.createDirectories(folder);
            Files.writeString(file, before + middle() + after);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String middle() {
        var all = new StringBuilder("\nviews:\n");
        var outputs = new StringBuilder("\noutputs:\n");
        for (int number = 0; number < views; number++) {
            int minutes = MINUTES[number / 2 % MINUTES.length];
            all.append("  view_%d:\n".formatted(number));
            if (number % 2 == 0) {
                all.append("    explode: { each: array_distinct(hashtags), as: hashtag }\n    by: [hashtag]\n");
            }
            all.append("    window: { tumbling: %d minutes }\n".formatted(minutes));
            all.append("    measures: { tweets: count(*), avg_likes: avg(likes), max_retweets: max(retweets) }\n");
            outputs.append("  - { view: view_%1$d, table: \"${mode}_view_%1$d\", in: mysql }\n".formatted(number));
        }
        return all.append(outputs).toString();
    }
}
