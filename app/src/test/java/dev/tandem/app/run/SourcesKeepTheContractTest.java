package dev.tandem.app.run;

import dev.tandem.engine.source.FolderSource;
import dev.tandem.engine.source.KnownTopic;
import dev.tandem.engine.source.TopicHistory;
import dev.tandem.engine.source.TopicSource;
import dev.tandem.engine.source.TopicStart;
import dev.tandem.feed.Topics;
import dev.tandem.files.Archive;
import dev.tandem.files.FolderLog;
import dev.tandem.files.Folders;
import dev.tandem.files.Intake;
import dev.tandem.files.Inventory;
import dev.tandem.files.MemoryInventory;
import dev.tandem.files.RecordForm;
import dev.tandem.model.Format;
import dev.tandem.testkit.contract.SourceContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Folders and topics keep what every source promises. */
@ExtendWith(Bench.Giver.class)
class SourcesKeepTheContractTest {
    /** Lines of text, as CSV records of one cell. */
    private static final RecordForm LINES = new RecordForm(Format.Kind.CSV, false, ',', List.of("value"));

    private static String bootstrap = "";

    @BeforeAll
    static void take(Bench bench) {
        bootstrap = bench.stage("_source_contract").bootstrap();
    }

    /** Folder, archive and inventory, which survive a process. */
    abstract static class AFolder extends SourceContract {
        @TempDir
        private Path base = Path.of("");

        private final Inventory inventory = new MemoryInventory();
        private int files;

        @BeforeEach
        void createFolder() throws IOException {
            Files.createDirectories(base.resolve("input"));
        }

        abstract Optional<Archive> archive(Path folder, Path archive);

        @Override
        protected Opened open() {
            var folder = base.resolve("input");
            var archive = base.resolve("archive");
            var log = new FolderLog(
                    new Folders(folder, Optional.of(archive)), Intake.of(LINES), inventory, Clock.systemUTC());
            var most = new FolderSource.Most(2, 3);
            return new OpenedSource(new FolderSource("orders", log, inventory, most, archive(folder, archive)));
        }

        /** Two records a file, so that micro-batches end within files and between them; later files have names that sort before. */
        @Override
        protected void deliver(List<String> values) throws IOException {
            int first = files;
            for (int from = 0; from < values.size(); from += 2) {
                var lines = values.subList(from, Math.min(values.size(), from + 2));
                var name = "%04d-%04d.csv".formatted(9_999 - first, files++);
                var folder = base.resolve("input");
                Files.move(Files.write(folder.resolve(name + ".tmp"), lines), folder.resolve(name));
            }
        }
    }

    @Nested
    class AFolderWhoseFilesStay extends AFolder {
        @Override
        Optional<Archive> archive(Path folder, Path archive) {
            return Optional.empty();
        }
    }

    @Nested
    class AFolderWhoseFilesAreArchived extends AFolder {
        @Override
        Optional<Archive> archive(Path folder, Path archive) {
            return Optional.of(new Archive(folder, archive));
        }
    }

    @Nested
    class ATopic extends SourceContract {
        private static final int PARTITIONS = 2;
        private static final int MICRO_BATCH = 7;

        private final String topic = "contract_" + UUID.randomUUID();
        private final KnownTopics history = new KnownTopics(new ArrayList<>());

        @BeforeEach
        void createTopic() {
            try (var topics = new Topics(bootstrap)) {
                topics.ensure(topic, PARTITIONS);
            }
        }

        @Override
        protected Opened open() {
            var which = new TopicSource.Topic(bootstrap, topic, Optional.empty(), Optional.empty());
            return new OpenedSource(new TopicSource(which, MICRO_BATCH, history, TopicStart.REFUSED));
        }

        @Override
        protected void deliver(List<String> values) throws Exception {
            Map<String, Object> settings = Map.of("bootstrap.servers", bootstrap);
            try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
                var sent = new ArrayList<Future<RecordMetadata>>();
                for (int index = 0; index < values.size(); index++) {
                    byte[] value = values.get(index).getBytes(StandardCharsets.UTF_8);
                    sent.add(producer.send(new ProducerRecord<>(topic, index % PARTITIONS, null, value)));
                }
                for (var each : sent) {
                    each.get();
                }
            }
        }
    }

    /** What the ledger's database would keep. */
    private record KnownTopics(List<KnownTopic> known) implements TopicHistory {
        @Override
        public Optional<KnownTopic> latest() {
            return known.isEmpty() ? Optional.empty() : Optional.of(known.get(known.size() - 1));
        }

        @Override
        public void add(KnownTopic topic) {
            known.add(topic);
        }
    }
}
