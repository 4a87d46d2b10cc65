package dev.tandem.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog.Slice;
import dev.tandem.fold.NamedFile;
import dev.tandem.fold.NamedFile.Kind;
import dev.tandem.segments.SegmentLog.Depth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A log whose first micro-batches were merged keeps what every home of the log promises. */
class MergedSegmentsTest extends SegmentLogContract {
    private static final int MICRO_BATCHES = 60;
    private static final List<Landed.As> FATES = List.of(Landed.As.KEPT, Landed.As.DUPLICATE, Landed.As.QUARANTINED);

    /** Merges the micro-batches 1 to 3. */
    @Override
    SegmentLog landed(List<Given> records) {
        super.landed(records);
        var first = new TreeMap<>(files().headMap(4L));
        if (first.size() > 1) {
            merge(new SegmentMerge.Group(first));
        }
        return log();
    }

    private void merge(SegmentMerge.Group group) {
        var merged = new SegmentMerge(SegmentPlace.local(folder()), "orders").merge(group);
        group.files().keySet().forEach(files()::remove);
        files().put(merged.number(), merged.by());
    }

    private SegmentLog log() {
        return new SegmentLog(SegmentPlace.local(folder()), files());
    }

    /** Of merged segments the ledger knows the micro-batches, and positions no more. */
    @Override
    @Test
    void refusesACutOfAnotherLedger() {
        var log = landed(Given.few());
        var other = new EndOffsets(4, Map.of(0, 7L, 1, 2L));

        assertThatThrownBy(() -> log.slices(other, 2)).hasMessageContaining("take the cut from");
    }

    private static List<Given> random(SplittableRandom random) {
        var records = new ArrayList<Given>();
        var next = new long[3];
        for (long number = 1; number <= MICRO_BATCHES; number++) {
            for (int partition = 0; partition < next.length; partition++) {
                for (int left = random.nextInt(4); left > 0; left--) {
                    var as = FATES.get(random.nextInt(FATES.size()));
                    records.add(Given.record(number, partition, next[partition]++, as));
                }
            }
        }
        return records;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void anyCutAndAnySliceGiveTheSameRecordsAsBeforeTheMerge(long seed) {
        var random = new SplittableRandom(seed);
        var records = random(random);
        super.landed(records);
        for (int merge = 0; merge < 3; merge++) {
            mergeSome(random);
        }
        for (int look = 0; look < 20; look++) {
            long first = random.nextLong(MICRO_BATCHES + 2);
            long last = first + random.nextLong(MICRO_BATCHES + 2 - first);
            assertThat(read(log(), new Slice(first, last)))
                    .as("micro-batches %d to %d", first, last)
                    .isEqualTo(records.stream()
                            .filter(it -> it.microBatch() >= first && it.microBatch() <= last)
                            .toList());
            var all = new ArrayList<Given>();
            log().slices(cut(records, last), 1 + random.nextInt(9)).forEach(slice -> all.addAll(read(log(), slice)));
            assertThat(all)
                    .as("cut %d", last)
                    .isEqualTo(records.stream()
                            .filter(it -> it.microBatch() <= last)
                            .toList());
        }
    }

    /** Also of files that are merged already. */
    private void mergeSome(SplittableRandom random) {
        long first = 1 + random.nextLong(MICRO_BATCHES);
        var some = new TreeMap<>(files().subMap(first, true, first + random.nextLong(30), true));
        if (some.size() > 1) {
            merge(new SegmentMerge.Group(some));
        }
    }

    @Test
    void keepsWhyARecordIsQuarantinedAndEveryFate() {
        landed(Given.few());
        var merged = files().getOrDefault(3L, List.of());

        var reasons = new ArrayList<String>();
        try (var reader = new SegmentReader(SegmentPlace.local(folder()), of(merged, Kind.MERGED))) {
            while (reader.next()) {
                reader.rule()
                        .ifPresent(
                                rule -> reasons.add("%d-%d %s".formatted(reader.partition(), reader.position(), rule)));
            }
        }
        int late = 0;
        try (var reader = new FateReader(SegmentPlace.local(folder()), of(merged, Kind.FATES))) {
            while (reader.next()) {
                late += reader.isDuplicate() ? 0 : 1;
            }
        }

        assertThat(reasons).containsExactly("0-1 broken");
        assertThat(late).isEqualTo(3);
        assertThat(log().faults(4, Depth.CHECKSUMS)).isEmpty();
    }

    private static NamedFile of(List<NamedFile> files, Kind kind) {
        return files.stream().filter(it -> it.kind() == kind).findFirst().orElseThrow();
    }

    @Test
    void onlySmallMicroBatchesAreChosenAndTheNewestOnlyIfTheyAreMany() {
        var named = new TreeMap<Long, List<NamedFile>>();
        for (long number = 1; number <= 300; number++) {
            named.put(number, List.of(file(number, number == 150 ? 40_000 : 1_000)));
        }

        assertThat(SegmentMerge.groups(named))
                .extracting(it -> it.files().firstKey() + " to " + it.files().lastKey())
                .containsExactly("1 to 100", "101 to 149", "151 to 250", "251 to 300");
        assertThat(SegmentMerge.groups(named.tailMap(290L))).isEmpty();
    }

    private static NamedFile file(long number, long records) {
        return new NamedFile("orders/" + number, Kind.SEGMENT, 1, 1, records, 0, 0, records);
    }

    @Test
    void aMergedFileThatTheLedgerDoesNotNameYetIsNoOrphanForADay() {
        landed(Given.few());

        assertThat(new SegmentFolder(SegmentPlace.local(folder()), "orders")
                        .orphans(new SegmentFolder.Ledger(9, Set.of()), Set.of()))
                .extracting(SegmentFolder.Orphan::name)
                .isNotEmpty()
                .noneMatch(name -> name.contains("merge_"));
    }
}
