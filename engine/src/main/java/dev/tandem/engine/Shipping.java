package dev.tandem.engine;

import dev.tandem.engine.prepare.PreparedLayout;
import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Identity;
import dev.tandem.fold.Prepared;
import dev.tandem.model.Instants;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Brings prepared records from where they were computed to the process that folds them, as one block of bytes a partition. Java's
 * own serialization of the same records is about ten times larger and slower.
 */
final class Shipping implements Serializable {
    private static final long serialVersionUID = 1L;

    private final PreparedLayout layout;
    private final StructType type;

    Shipping(PreparedLayout layout, StructType type) {
        this.layout = layout;
        this.type = type;
    }

    byte[] pack(Iterator<InternalRow> rows) {
        var reader = new PreparedRows(layout, type, true);
        return packed(() -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public Prepared next() {
                return reader.prepared(rows.next());
            }
        });
    }

    byte[] packed(Iterable<Prepared> records) {
        var bytes = new ByteArrayOutputStream(1 << 16);
        var out = new DataOutputStream(bytes);
        try {
            for (var record : records) {
                write(record, out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    void unpack(byte[] block, List<Prepared> into) {
        try (var in = new DataInputStream(new ByteArrayInputStream(block))) {
            while (in.available() > 0) {
                into.add(read(in));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Prepared record, DataOutputStream out) throws IOException {
        out.writeInt(record.at().partition());
        out.writeLong(record.at().position());
        out.writeLong(record.arrivedMillis());
        writeBytes(record.raw().bytes(), out);
        out.writeBoolean(record.exit().isPresent());
        if (record.exit().isPresent()) {
            writeText(record.exit().get().branch().orElse(""), out);
            out.writeBoolean(record.exit().get().afterDedup());
        }
        out.writeLong(record.eventMicros());
        out.writeBoolean(record.rejection().isPresent());
        if (record.rejection().isPresent()) {
            writeText(record.rejection().get().reason(), out);
            writeText(record.rejection().get().detail(), out);
            return;
        }
        out.writeBoolean(record.identity().isPresent());
        if (record.identity().isPresent()) {
            out.writeLong(record.identity().get().high());
            out.writeLong(record.identity().get().low());
        }
        writeValues(record.landKey(), out);
        out.writeInt(record.contributions().size());
        for (var contribution : record.contributions()) {
            out.writeInt(contribution.view());
            writeValues(contribution.key(), out);
            writeValues(contribution.arguments(), out);
        }
        writeValues(record.fields(), out);
        out.writeByte(record.unmatched().size());
        for (var dimension : record.unmatched()) {
            writeText(dimension, out);
        }
    }

    private static Prepared read(DataInputStream in) throws IOException {
        var at = new Coordinates(in.readInt(), in.readLong());
        long arrived = in.readLong();
        var raw = new Prepared.Raw(readBytes(in));
        Optional<Prepared.Exit> exit = in.readBoolean() ? Optional.of(readExit(in)) : Optional.empty();
        long event = in.readLong();
        if (in.readBoolean()) {
            var rejection = new Prepared.Rejection(readText(in), readText(in));
            return new Prepared(
                    at,
                    arrived,
                    raw,
                    Optional.of(rejection),
                    exit,
                    event,
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of());
        }
        Optional<Identity> identity =
                in.readBoolean() ? Optional.of(new Identity(in.readLong(), in.readLong())) : Optional.empty();
        var landKey = readValues(in);
        int count = in.readInt();
        var contributions = new ArrayList<Prepared.Contribution>(count);
        for (int index = 0; index < count; index++) {
            contributions.add(new Prepared.Contribution(in.readInt(), readValues(in), readValues(in)));
        }
        var fields = readValues(in);
        var unmatched = new ArrayList<String>();
        for (int left = in.readUnsignedByte(); left > 0; left--) {
            unmatched.add(readText(in));
        }
        return new Prepared(
                at, arrived, raw, Optional.empty(), exit, event, identity, landKey, contributions, fields, unmatched);
    }

    private static Prepared.Exit readExit(DataInputStream in) throws IOException {
        var branch = readText(in);
        return new Prepared.Exit(branch.isEmpty() ? Optional.empty() : Optional.of(branch), in.readBoolean());
    }

    private static void writeValues(List<@Nullable Object> values, DataOutputStream out) throws IOException {
        out.writeByte(values.size());
        for (var value : values) {
            writeValue(value, out);
        }
    }

    private static List<@Nullable Object> readValues(DataInputStream in) throws IOException {
        int count = in.readUnsignedByte();
        var values = new ArrayList<@Nullable Object>(count);
        for (int index = 0; index < count; index++) {
            values.add(readValue(in));
        }
        return values;
    }

    private static void writeValue(@Nullable Object value, DataOutputStream out) throws IOException {
        if (value == null) {
            out.writeByte('0');
        } else if (value instanceof String text) {
            out.writeByte('s');
            writeBytes(text.getBytes(StandardCharsets.UTF_8), out);
        } else if (value instanceof Long number) {
            out.writeByte('n');
            out.writeLong(number);
        } else if (value instanceof Double number) {
            out.writeByte('f');
            out.writeDouble(number);
        } else if (value instanceof BigDecimal decimal) {
            out.writeByte('d');
            out.writeInt(decimal.scale());
            writeBytes(decimal.unscaledValue().toByteArray(), out);
        } else if (value instanceof Boolean truth) {
            out.writeByte(truth ? 'y' : 'z');
        } else if (value instanceof Instant instant) {
            out.writeByte('t');
            out.writeLong(Instants.micros(instant));
        } else if (value instanceof List<?> list) {
            out.writeByte('l');
            out.writeInt(list.size());
            for (var element : list) {
                writeValue(element, out);
            }
        } else if (value instanceof LocalDate date) {
            out.writeByte('e');
            out.writeLong(date.toEpochDay());
        } else {
            throw new IOException("Cannot ship a " + value.getClass().getName());
        }
    }

    private static @Nullable Object readValue(DataInputStream in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case '0' -> null;
            case 's' -> readText(in);
            case 'n' -> in.readLong();
            case 'f' -> in.readDouble();
            case 'd' -> decimal(in);
            case 'y' -> true;
            case 'z' -> false;
            case 't' -> Instants.ofMicros(in.readLong());
            case 'l' -> list(in);
            case 'e' -> LocalDate.ofEpochDay(in.readLong());
            default -> throw new IOException("Cannot unpack a value of kind " + kind);
        };
    }

    private static List<@Nullable Object> list(DataInputStream in) throws IOException {
        int count = in.readInt();
        var values = new ArrayList<@Nullable Object>();
        for (int index = 0; index < count; index++) {
            values.add(readValue(in));
        }
        return values;
    }

    private static BigDecimal decimal(DataInputStream in) throws IOException {
        int scale = in.readInt();
        return new BigDecimal(new BigInteger(readBytes(in)), scale);
    }

    private static void writeText(String text, DataOutputStream out) throws IOException {
        writeBytes(text.getBytes(StandardCharsets.UTF_8), out);
    }

    private static void writeBytes(byte[] bytes, DataOutputStream out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }
}
