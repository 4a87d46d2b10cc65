package dev.tandem.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileFeederTest {

    private static final Feed ORDERS =
            Generators.feed(Models.of("orders", 42, 10_000).withForm(MessageForm.CSV));
    private static final Feed SHOP =
            Generators.feed(Models.of("shop_funnel", 42, 450).withForm(MessageForm.CSV));

    @TempDir
    private Path folder;

    private final List<BatchProgress> progress = new ArrayList<>();

    @Test
    void S1_16_dropsTenThousandTwoHundredRowsInAHundredAndTwoFiles() throws IOException {
        var summary = new FileFeeder(table(100, new Pace.Unpaced(), ORDERS)).send(ORDERS, progress::add);

        assertThat(names())
                .hasSize(102)
                .startsWith("events_batch_0000000001.csv")
                .endsWith("events_batch_0000000102.csv");
        assertThat(rows()).isEqualTo(10_200);
        assertThat(summary.acked()).isEqualTo(summary.sent()).isEqualTo(10_200);
        assertThat(summary.faults()).containsEntry(Fault.DUPLICATE, 200L);
    }

    @Test
    void S1_24_tellsOfEachFile() {
        var unused = new FileFeeder(table(100, new Pace.Unpaced(), ORDERS)).send(ORDERS, progress::add);

        assertThat(progress).hasSize(102);
        assertThat(progress.get(0).told()).isEqualTo("[Batch 0001] Sent: 100 / Failed: 0");
        assertThat(progress.get(101).all()).isEqualTo(10_200);
    }

    @Test
    void S4_01_S4_08_dropsFourHundredAndFiftyRowsInThirtyFiles() throws IOException {
        var pace = new Pace.Batches(15, Pause.every(Duration.ofMillis(1)));

        var summary = new FileFeeder(table(15, pace, SHOP)).send(SHOP, progress::add);

        assertThat(names()).hasSize(30);
        assertThat(rows()).isEqualTo(450);
        assertThat(progress).allMatch(batch -> batch.sent() == 15);
        assertThat(summary.took()).isBetween(Duration.ofMillis(29), Duration.ofSeconds(20));
    }

    @Test
    void goesOnAfterTheNumbersOfTheFolderAndTheArchive() throws IOException {
        var archive = Files.createDirectories(folder.resolve("archive/data/input"));
        Files.writeString(archive.resolve("events_batch_0000000007.csv"), "kept");
        Files.createDirectories(drop());
        Files.writeString(drop().resolve("events_batch_0000000003.csv"), "kept");

        var unused = new FileFeeder(table(15, new Pace.Unpaced(), SHOP)).send(SHOP, progress::add);

        assertThat(names())
                .hasSize(31)
                .contains("events_batch_0000000003.csv", "events_batch_0000000008.csv", "events_batch_0000000037.csv");
        assertThat(drop().resolve("events_batch_0000000003.csv")).hasContent("kept");
    }

    /** It begins where 9,990 files were written before: each file is forced to the disk, which costs minutes for all of them. */
    @Test
    void keepsTheOrderOfNamesBeyondNineThousandNineHundredAndNinetyNineFiles() throws IOException {
        Files.createDirectories(drop());
        Files.writeString(drop().resolve("events_batch_0000009990.jsonl"), "{\"n\":0}\n");
        var lines =
                IntStream.rangeClosed(1, 60).mapToObj("{\"n\":%d}"::formatted).toList();
        var recorded = Files.write(folder.resolve("recorded.jsonl"), lines);

        var unused = new FileFeeder(lines(1, new Pace.Unpaced()))
                .send(RecordedFile.open(recorded, RecordedForm.json()), progress::add);

        var read = new ArrayList<String>();
        for (var name : names()) {
            read.addAll(Files.readAllLines(drop().resolve(name)));
        }
        assertThat(names()).endsWith("events_batch_0000010050.jsonl");
        assertThat(read.subList(1, 61)).isEqualTo(lines);
    }

    @ParameterizedTest
    @ValueSource(strings = {"events_batch_0057.csv", "events_batch_9999.csv", "events_batch_00000000000000012.csv.gz"})
    void comesAfterNumbersOfAnotherWidth(String waiting) throws IOException {
        Files.createDirectories(drop());
        Files.writeString(drop().resolve(waiting), "kept");

        var unused = new FileFeeder(table(150, new Pace.Unpaced(), SHOP)).send(SHOP, progress::add);

        assertThat(names()).hasSize(4).first().isEqualTo(waiting);
        assertThat(progress)
                .extracting(batch -> Path.of(batch.where()).getFileName().toString())
                .isEqualTo(names().subList(1, 4));
    }

    @Test
    void tellsTheTruthByFileAndLine() throws IOException {
        var unused = new FileFeeder(table(15, new Pace.Unpaced(), SHOP)).send(SHOP, progress::add);

        try (var lines = TruthFile.read(folder.resolve("truth.jsonl"))) {
            var places = lines.toList();
            assertThat(places).hasSize(450);
            for (var truth : places) {
                var place = (Delivery.InFile) truth.delivery();
                var line = Files.readAllLines(drop().resolve(place.file())).get((int) place.line() - 1);
                assertThat(line).startsWith(truth.id().orElseThrow() + ",");
            }
        }
    }

    @Test
    void writesRowsWithoutAHeaderWhereTheirReaderWantsNone() throws IOException {
        var target = target(150, new Pace.Unpaced(), "csv", Optional.empty());

        var unused = new FileFeeder(target).send(SHOP, progress::add);

        var lines = new ArrayList<String>();
        for (var name : names()) {
            assertThat(name).endsWith(".csv");
            lines.addAll(Files.readAllLines(drop().resolve(name)));
        }
        assertThat(lines).isEqualTo(Made.records(SHOP).stream().map(Made::text).toList());
    }

    @Test
    void writesMessagesAsLines() throws IOException {
        var unused = new FileFeeder(lines(4, new Pace.Unpaced())).send(Made.feed(10, FaultPlan.none()), progress::add);

        assertThat(names())
                .containsExactly(
                        "events_batch_0000000001.jsonl",
                        "events_batch_0000000002.jsonl",
                        "events_batch_0000000003.jsonl");
        assertThat(Files.readAllLines(drop().resolve("events_batch_0000000003.jsonl")))
                .containsExactlyElementsOf(Made.records(Made.feed(10, FaultPlan.none())).subList(8, 10).stream()
                        .map(Made::text)
                        .toList());
    }

    @Test
    @Timeout(20)
    void waitsForNoFileBeforeTheFirstKnownTime() throws IOException {
        var lines = "no record\n{\"at\":\"2026-01-01T00:00:00Z\"}\n";
        var recorded = Files.writeString(folder.resolve("recorded.jsonl"), lines);
        var feed = RecordedFile.open(recorded, RecordedForm.json().withTime("at"));

        var summary = new FileFeeder(lines(1, new Pace.AsArrived(1))).send(feed, progress::add);

        assertThat(summary.sent()).isEqualTo(2);
    }

    @Test
    void showsAReaderNoHalfFile() {
        var seen = new ArrayList<Long>();

        var unused = new FileFeeder(table(15, new Pace.Unpaced(), SHOP)).send(SHOP, batch -> seen.add(unfinished()));

        assertThat(seen).hasSize(30).containsOnly(0L);
    }

    private long unfinished() {
        try (var files = Files.list(drop())) {
            return files.filter(file -> !file.getFileName().toString().matches("events_batch_\\d{10}\\.csv"))
                    .count();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void stopsBetweenTwoFilesWhenInterrupted() throws IOException {
        var feeder = new FileFeeder(table(15, new Pace.Batches(15, Pause.every(Duration.ofHours(1))), SHOP));

        var summary = feeder.send(SHOP, batch -> Thread.currentThread().interrupt());

        assertThat(Thread.interrupted()).isTrue();
        assertThat(summary.stopped()).isTrue();
        assertThat(summary.sent()).isEqualTo(15);
        assertThat(names()).containsExactly("events_batch_0000000001.csv");
        assertThat(rows()).isEqualTo(15);
        assertThat(TruthFile.summary(folder.resolve("truth.jsonl")).records()).isEqualTo(15);
    }

    @Test
    void leavesNothingHalfWhereAFileCannotBeWritten() throws IOException {
        Files.createDirectories(drop().resolve(".events_batch_0000000001.csv.tmp/in-the-way"));

        assertThatThrownBy(() -> new FileFeeder(table(15, new Pace.Unpaced(), SHOP)).send(SHOP, progress::add))
                .isInstanceOf(FeedException.class)
                .hasMessageStartingWith("Cannot write " + drop().resolve("events_batch_0000000001.csv") + ": ")
                .hasMessageEndingWith("; free the place or name another folder");
        assertThat(progress).isEmpty();
    }

    @Test
    void S1_02_writesATableWhole() throws IOException {
        var file = folder.resolve("dimensions/customers.csv");

        Generators.tables(Models.of("orders", 42, 1)).forEach((name, table) -> table.write(file.resolveSibling(name)));

        assertThat(Files.readAllLines(file))
                .hasSize(1_001)
                .first()
                .isEqualTo("customer_id,customer_name,customer_email,customer_segment,registration_date");
        assertThat(Files.readAllLines(file.resolveSibling("products.csv"))).hasSize(51);
    }

    /** For a feed of rows. */
    private FileTarget table(int rows, Pace pace, Feed feed) {
        return target(rows, pace, "csv", Optional.of(String.join(",", feed.columns())));
    }

    /** For a feed of messages. */
    private FileTarget lines(int rows, Pace pace) {
        return target(rows, pace, "jsonl", Optional.empty());
    }

    private FileTarget target(int rows, Pace pace, String ending, Optional<String> header) {
        return new FileTarget(
                drop(),
                new FileTarget.Form("events_batch_", ending, header, StandardCharsets.UTF_8),
                rows,
                pace,
                List.of(folder.resolve("archive")),
                Optional.of(folder.resolve("truth.jsonl")));
    }

    private Path drop() {
        return folder.resolve("input");
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(drop())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private long rows() throws IOException {
        var rows = 0L;
        for (var name : names()) {
            try (var table = CSVParser.parse(Files.readString(drop().resolve(name)), CSVFormat.DEFAULT)) {
                rows += table.getRecords().size() - 1;
            }
        }
        return rows;
    }
}
