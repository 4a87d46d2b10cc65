package dev.tandem.app.run;

import dev.tandem.engine.EngineException;
import dev.tandem.feed.FeedSummary;
import dev.tandem.files.FolderContents.LeftOut;
import dev.tandem.model.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Copies real files into the source's folder as they are, each under its own name, whole or not at all. */
record WholeFiles(Path folder, Narrator narrator) {
    /** Copies {@code source}, or every file of the folder that it is; the summary counts files. */
    FeedSummary bring(Path source) {
        long begun = System.nanoTime();
        var files = files(source);
        for (var file : files) {
            copy(file);
        }
        var took = Duration.ofNanos(System.nanoTime() - begun);
        return new FeedSummary(files.size(), files.size(), 0, 0, false, took, Map.of(), Map.of());
    }

    private List<Path> files(Path source) {
        if (!Files.exists(source)) {
            throw new EngineException("Cannot bring %s into the drop: it is not there; give a file or a folder of files"
                    .formatted(source));
        }
        if (!Files.isDirectory(source)) {
            return List.of(source);
        }
        try (var files = Files.list(source)) {
            var all = files.sorted().collect(Collectors.partitioningBy(Files::isRegularFile));
            new LeftOutFiles(narrator)
                    .tell(
                            source.toString(),
                            all.getOrDefault(false, List.of()).stream()
                                    .map(WholeFiles::leftOut)
                                    .toList());
            return all.getOrDefault(true, List.of());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list %s: %s".formatted(source, Reason.of(e)), e);
        }
    }

    private static LeftOut leftOut(Path path) {
        var name = path.getFileName().toString();
        return Files.isDirectory(path)
                ? new LeftOut(name, "it is a folder", "name it itself to bring its files")
                : new LeftOut(name, "it is no regular file", "write what it gives into a file and bring that");
    }

    private void copy(Path file) {
        var name = file.getFileName().toString();
        var partial = folder.resolve("." + name + ".tmp");
        try {
            Files.copy(file, partial, StandardCopyOption.REPLACE_EXISTING);
            Files.move(partial, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot copy %s into %s: %s".formatted(file, folder, Reason.of(e)), e);
        }
    }
}
