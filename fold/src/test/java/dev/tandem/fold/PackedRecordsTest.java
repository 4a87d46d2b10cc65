package dev.tandem.fold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedRecordsTest {
    private static Prepared record(int contributions) {
        return new Prepared(
                new Coordinates(3, 4211),
                1_767_229_200_000L,
                new Prepared.Raw(new byte[] {1, 2}),
                Optional.empty(),
                Optional.of(new Prepared.Exit(Optional.of("branch"), true)),
                1_767_229_200_000_123L,
                Optional.of(new Identity(-1, 2)),
                List.of("ä"),
                LongStream.range(0, contributions)
                        .mapToObj(number -> new Prepared.Contribution(1, List.of(number), List.of()))
                        .toList(),
                List.of(true, 1.5),
                List.of("customers"));
    }

    /** A record of a megabyte can be exploded into more rows than a short counts. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 70_000})
    void haveEveryContribution(int count) {
        var out = new BlockWriter();
        PackedRecords.write(record(count), out);
        var in = new BlockReader(out.toByteArray());
        var read = PackedRecords.read(in);
        assertThat(read.contributions()).isEqualTo(record(count).contributions());
        assertThat(read.fields()).isEqualTo(record(count).fields());
        assertThat(read.raw().bytes()).containsExactly(1, 2);
        assertThat(in.hasMore()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 70_000})
    void canBeReadWithoutContributions(int count) {
        var out = new BlockWriter();
        PackedRecords.write(record(count), out);
        var in = new BlockReader(out.toByteArray());
        assertThat(PackedRecords.readForOutputs(in)).isEqualTo(record(0));
        assertThat(in.hasMore()).isFalse();
    }

    @Test
    void sayHowLongTheyAre() {
        var out = new BlockWriter();
        PackedRecords.write(record(1), out);
        assertThat(new BlockReader(out.toByteArray()).readInt()).isEqualTo(out.size() - Integer.BYTES);
    }
}
