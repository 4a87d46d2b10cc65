package dev.tandem.parity;

import dev.tandem.fold.Identity;
import dev.tandem.fold.block.BlockReader;
import dev.tandem.fold.block.BlockWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A difference as bytes, for those that wait in a file. */
final class PackedDifference {
    private PackedDifference() {}

    static void write(Report.Difference difference, BlockWriter out) {
        out.writeText(difference.view());
        out.value(difference.start().orElse(null));
        out.value(difference.end().orElse(null));
        out.writeInt(difference.key().size());
        difference.key().forEach((name, value) -> {
            out.writeText(name);
            out.writeText(value);
        });
        out.writeText(difference.measure());
        out.value(difference.stream().orElse(null));
        out.value(difference.batch().orElse(null));
        out.value(difference.difference().orElse(null));
        out.value(difference.percent().orElse(null));
        out.writeInt(difference.causes().size());
        difference.causes().forEach((cause, records) -> {
            out.writeText(cause);
            out.writeLong(records);
        });
        out.writeInt(difference.records().size());
        difference.records().forEach(out::writeText);
        out.writeLong(difference.rowKey().high());
        out.writeLong(difference.rowKey().low());
    }

    static Report.Difference read(BlockReader in) {
        return new Report.Difference(
                in.readText(),
                optional(in, Instant.class),
                optional(in, Instant.class),
                key(in),
                in.readText(),
                optional(in, String.class),
                optional(in, String.class),
                optional(in, BigDecimal.class),
                optional(in, BigDecimal.class),
                causes(in),
                records(in),
                new Identity(in.readLong(), in.readLong()));
    }

    private static <T> Optional<T> optional(BlockReader in, Class<T> type) {
        @Nullable Object value = in.value();
        return Optional.ofNullable(value).map(type::cast);
    }

    private static Map<String, String> key(BlockReader in) {
        var key = new LinkedHashMap<String, String>();
        for (int left = in.readInt(); left > 0; left--) {
            key.put(in.readText(), in.readText());
        }
        return key;
    }

    private static Map<String, Long> causes(BlockReader in) {
        var causes = new LinkedHashMap<String, Long>();
        for (int left = in.readInt(); left > 0; left--) {
            causes.put(in.readText(), in.readLong());
        }
        return causes;
    }

    private static List<String> records(BlockReader in) {
        var records = new ArrayList<String>();
        for (int left = in.readInt(); left > 0; left--) {
            records.add(in.readText());
        }
        return records;
    }
}
