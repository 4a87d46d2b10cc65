package dev.tandem.app.init;

import dev.tandem.diff.side.TableReference;
import dev.tandem.model.KafkaAddress;
import java.nio.file.Path;

/** What a definition is proposed for. */
public sealed interface From {
    /** A file, or a folder of files; {@code shown} as a person wrote it. */
    record Files(String shown, Path path) implements From {}

    record Topic(KafkaAddress kafka, String topic) implements From {}

    /** A table or query of a database; temporary files go to {@code scratch}. */
    record Table(TableReference given, Path scratch) implements From {}

    /** Reads at most {@code most} records. */
    private Sample sample(int most) {
        if (this instanceof Files files) {
            return new FileSampler(files.shown(), files.path(), most).sample();
        }
        if (this instanceof Topic topic) {
            return new TopicSampler(topic.kafka(), topic.topic(), most).sample();
        }
        var table = (Table) this;
        return new TableSampler(table.given(), most, table.scratch()).sample();
    }

    /** Samples, measures and asks, and writes the definition down. */
    default ProposedPipeline propose(int most, InitOptions wishes, Questions questions) {
        return ProposedPipeline.of(new Interview(sample(most), wishes, questions).proposal());
    }
}
