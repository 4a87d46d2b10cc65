package dev.tandem.engine;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog;
import dev.tandem.fold.Prepared;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A landed log that is a list: each text is a record, landed by the micro-batch it is given for. */
public record LogInMemory(List<Landed> records) implements LandedLog {
    public static final long ARRIVED = 1_767_229_200_000L; // 2026-01-01T01:00:00Z

    public static LogInMemory of(Map<Integer, List<String>> microBatches) {
        var records = new ArrayList<Landed>();
        microBatches.forEach((number, texts) -> texts.forEach(text -> records.add(new Landed(
                new Coordinates(0, records.size()),
                ARRIVED,
                new Prepared.Raw(text.getBytes(StandardCharsets.UTF_8)),
                number,
                Landed.As.KEPT))));
        return new LogInMemory(records);
    }

    public EndOffsets end() {
        return new EndOffsets(Long.MAX_VALUE, Map.of());
    }

    @Override
    public List<Slice> slices(EndOffsets cut, int parts) {
        return List.of(new Slice(0, cut.microBatch()));
    }

    @Override
    public ClosingIterator<Landed> read(Slice slice) {
        return ClosingIterator.of(records.iterator());
    }
}
