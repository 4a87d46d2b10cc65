package dev.tandem.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file in order of arrival must be as late in a topic as it is in itself, however many partitions the topic has. */
class PartitionsInTurnTest {
    private static final int RECORDS = 4_200;
    /** A multiple of every number of partitions below. */
    private static final int MICRO_BATCH = 420;
    /** Every fiftieth of 4,200, without the eight of the first micro-batch, before which nothing was read. */
    private static final int LATE = 76;
    /** Seconds. */
    private static final int WATERMARK_DELAY = 60;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void recordGoesToThePartitionOfItsNumber(int partitions) throws IOException {
        var log = new KeptLog(partitions);

        var unused = sending(log, new Pace.Unpaced()).send(file());

        var expected = IntStream.range(0, RECORDS)
                .mapToObj(number -> "%d:%d".formatted(number % partitions, number))
                .toList();
        assertThat(log.history().stream().map(sent -> sent.partition() + ":" + number(sent)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void fileIsAsLateAsItsOwnOrder(int partitions) throws IOException {
        var log = new KeptLog(partitions);

        var unused = sending(log, new Pace.Unpaced()).send(file());

        var inFileOrder = IntStream.range(0, RECORDS).boxed().toList();
        assertThat(late(inFileOrder)).hasSize(LATE);
        assertThat(late(readSideBySide(log.history(), partitions))).isEqualTo(late(inFileOrder));
    }

    @Test
    void paceIsThatOfTheWholeFeedAndNotOfOnePartition() throws IOException {
        var pace = new Pace.Evenly(10_000);

        var summary = sending(new KeptLog(3), pace).send(file());

        assertThat(summary.took().toMillis()).isGreaterThanOrEqualTo((RECORDS - 1) / 10);
    }

    @Test
    void neverHasMoreThanABoundOnTheWay() throws IOException {
        var lines = IntStream.range(0, 25_000).mapToObj("{\"n\":%d}"::formatted).toList();
        var feed = RecordedFile.open(Files.write(folder.resolve("many.jsonl"), lines), RecordedForm.json());
        var log = KeptLog.silent();
        var onTheWay = new ArrayList<Integer>();
        var target = new FeedTarget("nowhere:9092", "raw_feed", new Pace.Unpaced(), Optional.empty());

        var summary = new Sending(target, log, progress -> onTheWay.add(log.answerAll())).send(feed);

        assertThat(summary.acked()).isEqualTo(25_000);
        assertThat(onTheWay).startsWith(10_000, 10_000, 5_000);
    }

    private Sending sending(KeptLog log, Pace pace) {
        return new Sending(new FeedTarget("nowhere:9092", "raw_feed", pace, Optional.empty()), log, progress -> {});
    }

    /** A record a second, every fiftieth of them 20 minutes late. */
    private Feed file() throws IOException {
        var lines =
                IntStream.range(0, RECORDS).mapToObj("{\"n\":%d}"::formatted).toList();
        return RecordedFile.open(Files.write(folder.resolve("arrivals.jsonl"), lines), RecordedForm.json());
    }

    private static int second(int number) {
        return number % 50 == 49 ? number - 1_200 : number;
    }

    private static int number(ProducerRecord<byte[], byte[]> sent) {
        return Integer.parseInt(new String(sent.value(), StandardCharsets.UTF_8).replaceAll("\\D", ""));
    }

    /** As a stream reads a topic: each micro-batch takes an equal part of every partition. */
    private static List<Integer> readSideBySide(List<ProducerRecord<byte[], byte[]>> log, int partitions) {
        var read = new ArrayList<Integer>();
        for (int from = 0; from < RECORDS; from += MICRO_BATCH) {
            for (int partition = 0; partition < partitions; partition++) {
                int wanted = partition;
                log.stream()
                        .filter(sent -> sent.partition() == wanted)
                        .skip(from / partitions)
                        .limit(MICRO_BATCH / partitions)
                        .map(PartitionsInTurnTest::number)
                        .forEach(read::add);
            }
        }
        return read;
    }

    /** A record is late where it lies behind the highest time of the micro-batches before its own by more than the delay. */
    private static Set<Integer> late(List<Integer> read) {
        var late = new HashSet<Integer>();
        int highest = Integer.MIN_VALUE / 2;
        for (int from = 0; from < read.size(); from += MICRO_BATCH) {
            var microBatch = read.subList(from, from + MICRO_BATCH);
            for (int number : microBatch) {
                if (second(number) < highest - WATERMARK_DELAY) {
                    late.add(number);
                }
            }
            for (int number : microBatch) {
                highest = Math.max(highest, second(number));
            }
        }
        return late;
    }
}
