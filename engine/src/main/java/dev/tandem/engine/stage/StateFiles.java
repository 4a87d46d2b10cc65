package dev.tandem.engine.stage;

import dev.tandem.fold.block.StateSink;
import dev.tandem.fold.block.StateSource;
import dev.tandem.segments.StateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** The files of the partitions of state. */
final class StateFiles {
    private StateFiles() {}

    static void save(StateFolder folder, long number, StateKind kind, int part, Consumer<StateSink> state) {
        try (var file = folder.writer(number, kind.file(part))) {
            state.accept(file);
            file.finish();
        }
    }

    /** Throws {@link UncheckedIOException} if the file is missing or torn. */
    static void restore(StateFolder folder, long number, StateKind kind, int part, Consumer<StateSource> state) {
        try (var file = folder.reader(number, kind.file(part))) {
            state.accept(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
