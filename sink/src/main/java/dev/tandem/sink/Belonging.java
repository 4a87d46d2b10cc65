package dev.tandem.sink;

import dev.tandem.model.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whose folder it is, written into it as {@code _tandem.json}. Two outputs in one folder, or a stream and a batch, would show a
 * reader each row twice and take each other's files for their own.
 */
record Belonging(String pipeline, String output, Mode mode) {
    private static final String NAME = "_tandem.json";

    static Belonging of(Sinks.Setting setting, Content content) {
        return new Belonging(setting.pipeline(), content.name(), setting.mode());
    }

    /** Takes {@code folder}, making it where there is none; refuses one that belongs to another output. */
    void claim(Path folder) throws IOException {
        Disk.make(folder);
        var file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            Disk.write(file, Texts.JSON.writeValueAsBytes(this));
            return;
        }
        var owner = Texts.JSON.readValue(file.toFile(), Belonging.class);
        if (!owner.equals(this)) {
            throw new SinkException(
                    "Cannot write %s to %s: the folder holds %s; give each output a folder of its own, such as one with ${mode} in its path"
                            .formatted(told(), folder, owner.told()));
        }
    }

    private String told() {
        return "'%s' of %s (%s)".formatted(output, pipeline, mode.word());
    }

    /** The stream counts from an earlier micro-batch than the folder knows: its ledger is another one, or an older copy. */
    static SinkException startedAnew(Path folder, long number, long highest) {
        return new SinkException(
                "Cannot write micro-batch %d to %s: the folder has micro-batch %d already, of a stream that was begun anew since; move the folder away, and what it held is written again"
                        .formatted(number, folder, highest));
    }
}
