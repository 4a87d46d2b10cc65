package dev.tandem.diff.attach;

import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog;
import dev.tandem.fold.Prepared.Raw;
import java.util.Arrays;
import java.util.List;

/**
 * A log of lines that begin with the time of their arrival, in milliseconds and before a blank, as {@link RawRows} writes them; where that is
 * not known it is when the lines were written.
 */
public record ArrivedLines(LandedLog lines) implements LandedLog {
    @Override
    public List<Slice> slices(EndOffsets cut, int parts) {
        return lines.slices(cut, parts);
    }

    @Override
    public ClosingIterator<Landed> read(Slice slice) {
        return lines.read(slice).map(ArrivedLines::arrived);
    }

    private static Landed arrived(Landed line) {
        var bytes = line.raw().bytes();
        if (bytes[0] == '{') {
            return line;
        }
        long millis = 0;
        int at = bytes[0] == '-' ? 1 : 0;
        for (; bytes[at] != ' '; at++) {
            millis = millis * 10 + (bytes[at] - '0');
        }
        var record = new Raw(Arrays.copyOfRange(bytes, at + 1, bytes.length));
        return new Landed(line.at(), bytes[0] == '-' ? -millis : millis, record, line.microBatch(), line.as());
    }
}
