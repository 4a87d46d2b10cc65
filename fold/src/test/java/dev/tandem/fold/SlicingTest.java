package dev.tandem.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.fold.LandedLog.Slice;
import dev.tandem.fold.Slicing.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlicingTest {
    private static Piece piece(long number, long records) {
        return new Piece(number, records, records);
    }

    @Test
    void givesEachSliceAboutAsManyRecords() {
        var pieces = List.of(piece(1, 10), piece(2, 10), piece(3, 10), piece(4, 10));

        assertThat(Slicing.of(pieces, 2)).containsExactly(new Slice(0, 2), new Slice(3, 4));
        assertThat(Slicing.of(pieces, 3)).containsExactly(new Slice(0, 2), new Slice(3, 3), new Slice(4, 4));
    }

    @Test
    void cutsAMicroBatchThatIsLargerThanASlice() {
        var pieces = List.of(piece(1, 5), piece(2, 60_000), piece(3, 5));

        assertThat(Slicing.of(pieces, 3))
                .containsExactly(new Slice(0, 1), new Slice(2, 2, 0, 2), new Slice(2, 2, 1, 2), new Slice(3, 3));
    }

    @Test
    void cutsAMicroBatchIntoNoMorePartsThanItsLogCan() {
        assertThat(Slicing.of(List.of(new Piece(1, 1_000_000, 3)), 8))
                .containsExactly(new Slice(1, 1, 0, 3), new Slice(1, 1, 1, 3), new Slice(1, 1, 2, 3));
    }

    @Test
    void doesNotCutASmallMicroBatch() {
        assertThat(Slicing.of(List.of(piece(1, 15_000)), 8)).containsExactly(new Slice(0, 1));
    }

    @Test
    void givesNoneForALogWithoutRecords() {
        assertThat(Slicing.of(List.of(), 4)).isEmpty();
        assertThat(Slicing.of(List.of(piece(1, 0)), 4)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void coversEveryMicroBatchWithRecordsOnce(long seed) {
        var random = new SplittableRandom(seed);
        var pieces = new ArrayList<Piece>();
        for (long number = 1; number <= 200; number++) {
            if (random.nextInt(4) > 0) {
                pieces.add(new Piece(number, random.nextInt(3) * random.nextLong(40_000), 1 + random.nextInt(6)));
            }
        }

        var slices = Slicing.of(pieces, 1 + random.nextInt(30));

        for (var piece : pieces) {
            double covered = slices.stream()
                    .filter(it -> it.first() <= piece.number() && piece.number() <= it.last())
                    .mapToDouble(it -> 1.0 / it.parts())
                    .sum();
            if (piece.records() > 0) {
                assertThat(covered).as("micro-batch %d", piece.number()).isCloseTo(1.0, within(1e-9));
            }
        }
    }

    @Test
    void hasPartsOfASingleMicroBatchOnly() {
        assertThatThrownBy(() -> new Slice(1, 2, 0, 2)).hasMessageContaining("only a single micro-batch has parts");
        assertThatThrownBy(() -> new Slice(1, 1, 2, 2)).hasMessageContaining("part 2 of 2");
    }
}
