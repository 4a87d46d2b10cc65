package dev.tandem.engine;

import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A landed log of one micro-batch that is read in so many slices at once. */
public record LogInSlices(List<Landed> records, int slices) implements LandedLog {
    public static LogInSlices of(List<String> texts, int slices) {
        return new LogInSlices(LogInMemory.of(Map.of(1, texts)).records(), slices);
    }

    public EndOffsets end() {
        return new EndOffsets(Long.MAX_VALUE, Map.of(0, (long) records.size()));
    }

    @Override
    public List<Slice> slices(EndOffsets cut, int parts) {
        var all = new ArrayList<Slice>();
        for (int number = 0; number < slices; number++) {
            all.add(new Slice(number, number));
        }
        return all;
    }

    @Override
    public ClosingIterator<Landed> read(Slice slice) {
        int size = records.size() / slices;
        int from = (int) slice.first() * size;
        int until = slice.first() == slices - 1 ? records.size() : from + size;
        return new LogInMemory(new ArrayList<>(records.subList(from, until))).read(slice);
    }
}
