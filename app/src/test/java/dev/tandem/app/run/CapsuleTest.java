package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.app.TandemCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The difference that a capsule shows in another state folder is the one that it was made of. */
class CapsuleTest {
    private static final String DEFINITION = """
            pipeline: portable
            time: { event: at }
            source: { files: data/in, format: json, max_files: 1, land: segments, ledger: sqlite }
            schema: id STRING, at TIMESTAMP, who STRING, likes INT
            steps:
              - watermark: { delay: 1 minute }
              - dedup: { by: [id], within: 10 minutes }
            views:
              stats:
                window: { tumbling: 10 minutes }
                by: [who]
                measures: { n: count(*), likes: sum(likes) }
              best: { from: stats, top: { n: 1, order: [likes desc] } }
              visits:
                window: { session: 5 minutes }
                by: [who]
                measures: { n: count(*) }
            outputs:
              - { view: stats, table: "${mode}_stats", in: sqlite }
              - { view: best, table: "${mode}_best", in: sqlite }
              - { view: visits, table: "${mode}_visits", in: sqlite }
            """;

    /** One file is one micro-batch. Ann's second record is late; Bob's copy comes when the stream has forgotten the first. */
    private static final List<String> FILES = List.of("""
            {"id":"a1","at":"2026-01-05T10:00:00Z","who":"ann","likes":3}
            {"id":"a2","at":"2026-01-05T10:01:00Z","who":"bob","likes":4}
            {"id":"a3","at":"2026-01-05T10:02:00Z","who":"zoe","likes":1}
            """, """
            {"id":"b1","at":"2026-01-05T10:30:00Z","who":"zoe","likes":1}
            """, """
            {"id":"b2","at":"2026-01-05T10:31:00Z","who":"zoe","likes":1}
            """, """
            {"id":"l1","at":"2026-01-05T10:04:00Z","who":"ann","likes":5}
            """, """
            {"id":"a2","at":"2026-01-05T10:32:00Z","who":"bob","likes":4}
            """, """
            {"id":"c1","at":"2026-01-05T11:00:00Z","who":"zoe","likes":1}
            """, """
            {"id":"c2","at":"2026-01-06T10:02:00Z","who":"zoe","likes":1}
            """);

    @TempDir
    private Path home = Path.of("");

    @TempDir
    private Path elsewhere = Path.of("");

    private static TandemCommand done(Path where, String... words) {
        var command = TandemCommand.run(where, words);
        assertThat(command.code()).as(command.err() + command.out()).isZero();
        return command;
    }

    private Path capsule(String file, String... words) {
        var all = new ArrayList<>(List.of("capsule", "portable.yaml"));
        all.addAll(List.of(words));
        all.addAll(List.of("-o", file));
        done(home, all.toArray(String[]::new));
        return home.resolve(file);
    }

    private String replayed(Path capsule) {
        return done(elsewhere, "replay", capsule.toString()).out();
    }

    private static String content(Path capsule, String name) throws IOException {
        try (var zip = new ZipFile(capsule.toFile());
                var in = zip.getInputStream(zip.getEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void eachKindOfViewAndOfCauseIsReproducedElsewhere() throws IOException {
        Files.writeString(home.resolve("portable.yaml"), DEFINITION);
        var folder = Files.createDirectories(home.resolve("data/in"));
        for (int number = 0; number < FILES.size(); number++) {
            Files.writeString(folder.resolve("%02d.json".formatted(number)), FILES.get(number));
        }
        done(home, "stream", "portable.yaml", "--drain", "--close");
        done(home, "batch", "portable.yaml");

        var late = capsule("late.zip", "stats", "who=ann", "--window", "2026-01-05T10:00Z");
        assertThat(content(late, "records.jsonl").lines()).hasSize(2).anyMatch(it -> it.contains("l1"));
        assertThat(replayed(late))
                .contains("n: 1 in the stream, 2 in the batch (+1)", "likes: 3 in the stream, 8 in the batch (+5)")
                .contains("late", "its watermark 2026-01-05T10:29:00Z is not before the window's end", "reproduced:");
        var again = capsule("again.zip", "stats", "who=ann", "--window", "2026-01-05T10:00Z");
        assertThat(again).hasSameBinaryContentAs(late);

        var duplicate = capsule("duplicate.zip", "stats", "who=bob", "--window", "10:30");
        assertThat(content(duplicate, "records.jsonl").lines()).hasSize(2);
        assertThat(content(duplicate, "expected.json")).contains("\"dup_horizon\" : 1");

        var twice = TandemCommand.run(home, "explain", "portable.yaml", "stats", "who=zoe", "--window", "10:02");
        assertThat(twice.err())
                .contains("rows fit at [2026-01-05T10:02:00Z, 2026-01-06T10:02:00Z]", "write the date too");

        var top = capsule("top.zip", "best", "--window", "2026-01-05T10:00Z");
        assertThat(content(top, "records.jsonl")).contains("ann", "bob").doesNotContain("zoe");
        assertThat(content(top, "expected.json")).contains("\"who\" : \"ann\"", "\"who\" : \"bob\"");

        var session = capsule("session.zip", "visits", "who=ann", "--window", "2026-01-05T10:00Z");
        assertThat(content(session, "records.jsonl").lines()).hasSize(2);

        var masked = capsule("masked.zip", "stats", "who=ann", "--window", "2026-01-05T10:00Z", "--mask", "who,id");
        for (var name : List.of("records.jsonl", "capsule.json", "expected.json")) {
            assertThat(content(masked, name)).doesNotContain("ann", "l1", "a1");
        }
        assertThat(replayed(masked)).contains("n: 1 in the stream, 2 in the batch (+1)", "who=masked-", "reproduced:");
    }
}
