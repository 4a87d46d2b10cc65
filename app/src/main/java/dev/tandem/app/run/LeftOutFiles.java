package dev.tandem.app.run;

import dev.tandem.files.FolderContents.LeftOut;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tells which files a run leaves out, each once: a number that lacks a file without a word would be taken for the whole. */
final class LeftOutFiles {
    private static final int MOST_TOLD = 10;

    private final Narrator narrator;
    private final Set<LeftOut> told = new HashSet<>();

    LeftOutFiles(Narrator narrator) {
        this.narrator = narrator;
    }

    /** Tells those of {@code files} that were not told before. */
    void tell(String place, List<LeftOut> files) {
        var fresh = files.stream().filter(told::add).toList();
        fresh.stream().limit(MOST_TOLD).forEach(it -> narrator.tell("left out of %s: %s".formatted(place, it.told())));
        if (fresh.size() > MOST_TOLD) {
            narrator.tell(
                    "left out of %s: %,d more; ./tandem doctor counts them".formatted(place, fresh.size() - MOST_TOLD));
        }
    }
}
