package dev.tandem.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.LandedLog;
import dev.tandem.fold.LandedLog.Slice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every home of the landed log promises. */
abstract class LandedLogContract {
    private static final Comparator<Given> IN_ORDER =
            Comparator.comparingLong(Given::microBatch).thenComparing(Given::at);

    /** Lands {@code records} as a stream would and opens the log. */
    abstract LandedLog landed(List<Given> records) throws IOException;

    static List<Given> read(LandedLog log, Slice slice) {
        var all = new ArrayList<Given>();
        try (var landed = log.read(slice)) {
            landed.forEachRemaining(it -> all.add(Given.of(it)));
        }
        return all;
    }

    /** After the last record of {@code records} up to and with {@code microBatch}. */
    static EndOffsets cut(List<Given> records, long microBatch) {
        var positions = new HashMap<Integer, Long>();
        records.stream()
                .filter(it -> it.microBatch() <= microBatch)
                .forEach(it -> positions.merge(it.at().partition(), it.at().position() + 1, Math::max));
        return new EndOffsets(microBatch, positions);
    }

    private static List<Given> inOrder(List<Given> records) {
        return records.stream().sorted(IN_ORDER).toList();
    }

    @Test
    void givesEveryRecordOnceAsItArrivedWithWhatBefellItInOrder() throws IOException {
        var log = landed(Given.few());

        assertThat(read(log, new Slice(0, 4))).isEqualTo(inOrder(Given.few()));
    }

    @Test
    void givesTheMicroBatchesOfASliceAndNoOthers() throws IOException {
        var log = landed(Given.few());

        assertThat(read(log, new Slice(2, 3)))
                .extracting(it -> it.at().toString())
                .containsExactly("0-5", "0-6", "1-1");
    }

    @Test
    void cutsNothingBehindTheCut() throws IOException {
        var log = landed(Given.few());

        var all = new ArrayList<Given>();
        log.slices(cut(Given.few(), 3), 2).forEach(slice -> all.addAll(read(log, slice)));

        assertThat(all)
                .isEqualTo(inOrder(
                        Given.few().stream().filter(it -> it.microBatch() <= 3).toList()));
    }

    @Test
    void refusesACutOfAnotherLedger() throws IOException {
        var log = landed(Given.few());
        var other = new EndOffsets(3, Map.of(0, 2L, 1, 2L));

        assertThatThrownBy(() -> log.slices(other, 2)).hasMessageContaining("take the cut from");
    }

    @Test
    void cutsALargeMicroBatchIntoPartsThatTogetherHoldEveryRecordOnce() throws IOException {
        var records = Given.withALargeMicroBatch(40_000);
        var log = landed(records);

        var slices = log.slices(cut(records, 6), 4);
        var all = new ArrayList<Given>();
        slices.forEach(slice -> all.addAll(read(log, slice)));

        assertThat(slices).filteredOn(it -> it.first() == 5).hasSizeGreaterThan(1);
        assertThat(inOrder(all)).isEqualTo(inOrder(records));
    }

    @Test
    void keepsTheOrderWithinAPart() throws IOException {
        var records = Given.withALargeMicroBatch(40_000);
        var log = landed(records);

        for (var slice : log.slices(cut(records, 6), 4)) {
            assertThat(read(log, slice)).isSortedAccordingTo(IN_ORDER);
        }
    }

    @Test
    void hasNoSlicesWithoutRecords() throws IOException {
        assertThat(landed(List.of()).slices(new EndOffsets(0, Map.of()), 4)).isEmpty();
    }

    @Test
    void travelsToWhereTheWorkIsDone() throws IOException, ClassNotFoundException {
        var sent = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(sent)) {
            out.writeObject(landed(Given.few()));
        }
        try (var in = new ObjectInputStream(new ByteArrayInputStream(sent.toByteArray()))) {
            assertThat(read((LandedLog) in.readObject(), new Slice(4, 4))).hasSize(1);
        }
    }
}
