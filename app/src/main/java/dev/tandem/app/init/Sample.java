package dev.tandem.app.init;

import dev.tandem.model.Format;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The records that a proposal rests on, in the order in which they arrived.
 *
 * @param format how they are written, as far as that shows before their values are looked at
 * @param names of the cells of a CSV record, in their order; empty for JSON
 * @param notes what a person should know about how the sample was taken
 */
record Sample(Place place, Format format, List<String> names, List<Sampled> records, List<String> notes) {
    Sample {
        names = List.copyOf(names);
        records = List.copyOf(records);
        notes = List.copyOf(notes);
    }

    /** One record; the time of its arrival, in milliseconds since 1970, where that is known. */
    @SuppressWarnings("ArrayRecordComponent") // read once; nobody compares two
    record Sampled(byte[] bytes, OptionalLong arrivedMillis) {}

    /** Where the records were read. */
    sealed interface Place {
        /** One file, or a folder of them. */
        record InFiles(String shown, Path path) implements Place {}

        record InTopic(String bootstrap, String topic) implements Place {
            @Override
            public String shown() {
                return "the topic " + topic;
            }
        }

        /** Rows have no order of arrival. */
        record InTable(String shown, String table) implements Place {}

        /** As a person calls it, without a password. */
        String shown();

        /** The word that a pipeline over it is named after. */
        default String word() {
            if (this instanceof InTopic topic) {
                return topic.topic();
            }
            if (this instanceof InTable table) {
                return table.table();
            }
            var name = String.valueOf(((InFiles) this).path().getFileName());
            int dot = name.indexOf('.');
            return dot > 0 ? name.substring(0, dot) : name;
        }

        default boolean isTopic() {
            return this instanceof InTopic;
        }

        default boolean isTable() {
            return this instanceof InTable;
        }

        /** The folder whose files were sampled, absolute. */
        default Optional<Path> asFolder() {
            return this instanceof InFiles files && Files.isDirectory(files.path())
                    ? Optional.of(files.path())
                    : Optional.empty();
        }
    }

    boolean csv() {
        return format.kind() == Format.Kind.CSV;
    }

    int size() {
        return records.size();
    }

    Sample noting(String note) {
        var all = new ArrayList<>(notes);
        all.add(note);
        return new Sample(place, format, names, records, all);
    }
}
