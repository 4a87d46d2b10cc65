package dev.tandem.files;

import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What lies in a folder now. All but the waiting ones are left out, and whoever counts on the folder must be told of them.
 *
 * @param waiting to be taken in, by name
 * @param unfinished names that say that they are still being written
 * @param changed taken in, and other since: a second file of the same name, or one that was written on
 * @param ignored files of kinds that are not read
 * @param bad could not be read, and left out because the source says so
 */
public record FolderContents(
        List<String> waiting, List<String> unfinished, List<String> changed, List<LeftOut> ignored, List<LeftOut> bad) {
    public FolderContents {
        waiting = List.copyOf(waiting);
        unfinished = List.copyOf(unfinished);
        changed = List.copyOf(changed);
        ignored = List.copyOf(ignored);
        bad = List.copyOf(bad);
    }

    /** Every file whose content is not in the log, by name. */
    public List<LeftOut> leftOut() {
        return Stream.of(
                        unfinished.stream().map(LeftOut::unfinished),
                        changed.stream().map(LeftOut::changed),
                        ignored.stream(),
                        bad.stream())
                .flatMap(Function.identity())
                .sorted(Comparator.comparing(LeftOut::name))
                .toList();
    }

    /**
     * A file whose content is not in the log.
     *
     * @param hint what to do if it belongs there
     */
    public record LeftOut(String name, String why, String hint) implements Serializable {
        static LeftOut unfinished(String name) {
            return new LeftOut(
                    name, "its name says that it is still being written", "give it its final name when it is complete");
        }

        private static LeftOut changed(String name) {
            return new LeftOut(
                    name,
                    "it has changed since it was taken in, and is not read again",
                    "bring what is new in it as a file with a name of its own");
        }

        static LeftOut bad(String name, String why) {
            return new LeftOut(name, why, "it is read when it has been repaired");
        }

        /** One line for a person. */
        public String told() {
            return "%s: %s; %s".formatted(name, why, hint);
        }
    }
}
