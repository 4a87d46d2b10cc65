package dev.tandem.segments;

import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.testkit.contract.StateStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** The state files of a stream keep what every state store promises. */
class StateFolderKeepsTheContractTest extends StateStoreContract {
    private static final String PIPELINE = "orders";

    @TempDir
    private Path base = Path.of("");

    @Override
    protected Opened open() {
        return new InFolder(new StateFolder(SegmentPlace.local(base), PIPELINE));
    }

    private record InFolder(StateFolder folder) implements Opened {
        @Override
        public void write(long number, String partition, List<String> items) {
            try (var writer = folder.writer(number, partition)) {
                writer.items(items.iterator(), BlockWriter::writeText);
                writer.finish();
            }
        }

        /** Neither finished nor closed, as by a killed process. */
        @Override
        public void tear(long number, String partition, List<String> items) {
            folder.writer(number, partition).items(items.iterator(), BlockWriter::writeText);
        }

        @Override
        public List<String> read(long number, String partition) throws IOException {
            var items = new ArrayList<String>();
            try (var reader = folder.reader(number, partition)) {
                reader.items(in -> items.add(in.readText()));
            }
            return items;
        }

        @Override
        public void complete(State state, String rest) {
            var text = new BlockWriter();
            text.writeText(rest);
            folder.complete(new StateFolder.Saved(state.layout(), state.number(), state.mark()), text);
        }

        @Override
        public String rest(long number) throws IOException {
            return new BlockReader(folder.rest(number)).readText();
        }

        @Override
        public List<State> states() {
            return folder.saved(it -> true).stream()
                    .map(it -> new State(it.layout(), it.number(), it.mark()))
                    .toList();
        }

        @Override
        public void keepOnly(long number) {
            folder.keepOnly(number);
        }
    }

    private record File(Path path) implements Stored {
        @Override
        public byte[] bytes() throws IOException {
            return Files.readAllBytes(path);
        }

        @Override
        public void replace(byte[] bytes) throws IOException {
            Files.write(path, bytes);
        }

        @Override
        public void delete() throws IOException {
            Files.delete(path);
        }
    }

    @Override
    protected Stored partition(long number, String partition) {
        return new File(base.resolve(PIPELINE).resolve(String.valueOf(number)).resolve(partition + ".state"));
    }

    @Override
    protected Stored completion(long number) {
        return partition(number, "complete");
    }

    @Override
    protected long size() throws IOException {
        long bytes = 0;
        try (var files = Files.walk(base)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }
}
