package dev.tandem.engine.batch;

import dev.tandem.engine.shuffle.Chunk;
import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.PackedRecords;
import dev.tandem.fold.Prepared;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.stream.RowBlocks;
import dev.tandem.sink.Tuple;
import dev.tandem.sink.Tuples;
import java.io.Serializable;
import java.util.Iterator;
import java.util.Optional;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Which chunks an output takes, and how tuples are read from them.
 *
 * @param number the chunks' number: of a view, or of a kind of records
 * @param branch the side output, where only its records are taken
 */
record OutputChunks(int number, Reading reading, String branch) implements Serializable {
    private enum Reading {
        ROWS,
        RECORDS,
        QUARANTINED
    }

    static OutputChunks ofView(int number) {
        return new OutputChunks(number, Reading.ROWS, "");
    }

    static OutputChunks ofEvents() {
        return new OutputChunks(ChunkKind.EVENTS, Reading.RECORDS, "");
    }

    static OutputChunks ofSideOutput(String branch) {
        return new OutputChunks(ChunkKind.SIDE_OUTPUTS, Reading.RECORDS, branch);
    }

    static OutputChunks ofQuarantine() {
        return new OutputChunks(ChunkKind.QUARANTINED, Reading.QUARANTINED, "");
    }

    boolean isOfView() {
        return reading == Reading.ROWS;
    }

    /** The tuples in those of {@code chunks} that are taken, read while they are asked for. */
    Iterator<Tuple> tuples(FoldPlan plan, Iterator<Chunk> chunks) {
        var rows = new RowBlocks(plan);
        return switch (reading) {
            case ROWS -> values(chunks, rows::read).map(Tuples::of).iterator();
            case RECORDS ->
                values(chunks, PackedRecords::readForOutputs)
                        .filter(this::isOfTheBranch)
                        .map(Tuples::ofRecord)
                        .iterator();
            case QUARANTINED ->
                values(chunks, PackedRecords::readForOutputs)
                        .map(Tuples::ofQuarantined)
                        .iterator();
        };
    }

    private boolean isOfTheBranch(Prepared record) {
        return branch.isEmpty() || record.exit().flatMap(Prepared.Exit::branch).equals(Optional.of(branch));
    }

    private <T> Stream<T> values(Iterator<Chunk> chunks, Function<BlockReader, T> read) {
        return stream(chunks).filter(chunk -> chunk.of() == number).flatMap(chunk -> stream(values(chunk, read)));
    }

    private static <T> Iterator<T> values(Chunk chunk, Function<BlockReader, T> read) {
        var in = new BlockReader(chunk.bytes());
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return in.hasMore();
            }

            @Override
            public T next() {
                return read.apply(in);
            }
        };
    }

    private static <T> Stream<T> stream(Iterator<T> iterator) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(iterator, 0), false);
    }
}
