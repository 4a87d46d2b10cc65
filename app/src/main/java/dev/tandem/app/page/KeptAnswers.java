package dev.tandem.app.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.model.Reason;
import dev.tandem.page.data.TableAnswer;
import dev.tandem.page.data.Unavailable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** What {@code diff} and {@code attach} have answered last, each in a file of its own: for the page, where there is nothing else to ask. */
public record KeptAnswers(Path folder) {
    static final int MOST = 50;

    private static final String ENDING = ".json";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Keeps {@code answer}, and the {@value #MOST} latest in all. */
    public void keep(TableAnswer answer) {
        var document = JSON.createObjectNode()
                .put("verb", answer.verb())
                .put("name", answer.name())
                .put("at", answer.at().toString())
                .put("verdict", answer.verdict())
                .put("report", answer.report())
                .put("text", answer.text());
        var sentences = document.putArray("sentences");
        answer.sentences().forEach(sentences::add);
        try {
            Files.createDirectories(folder);
            // Names in the order of time; ids tell apart what is of one moment.
            var name = "%015d-%s".formatted(answer.at().toEpochMilli(), UUID.randomUUID());
            var unfinished = folder.resolve(name + ".unfinished");
            Files.writeString(unfinished, document.toPrettyString());
            Files.move(unfinished, folder.resolve(name + ENDING), StandardCopyOption.ATOMIC_MOVE);
            var all = files();
            for (var old : all.subList(Math.min(MOST, all.size()), all.size())) {
                Files.deleteIfExists(old);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot keep the answer in %s: %s; give --home a folder that can be written"
                            .formatted(folder, Reason.of(e)),
                    e);
        }
    }

    /** The latest first. */
    List<TableAnswer> read() {
        try {
            var answers = new ArrayList<TableAnswer>();
            for (var file : files()) {
                answers.add(answer(JSON.readTree(file.toFile())));
            }
            return answers;
        } catch (IOException e) {
            throw new Unavailable("Cannot read %s: %s; remove what is broken there".formatted(folder, Reason.of(e)), e);
        }
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ENDING))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
    }

    private static TableAnswer answer(JsonNode kept) {
        var sentences = new ArrayList<String>();
        kept.path("sentences").forEach(sentence -> sentences.add(sentence.asText()));
        return new TableAnswer(
                kept.path("verb").asText(),
                kept.path("name").asText(),
                Instant.parse(kept.path("at").asText()),
                kept.path("verdict").asText(),
                sentences,
                kept.path("report").asText(),
                kept.path("text").asText());
    }
}
