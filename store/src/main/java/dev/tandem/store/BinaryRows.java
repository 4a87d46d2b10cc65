package dev.tandem.store;

import dev.tandem.model.FieldType;
import dev.tandem.model.Instants;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows in the binary format of PostgreSQL's COPY: for each row the number of its values, for each value its length in bytes and the
 * bytes, all numbers big-endian.
 */
final class BinaryRows {
    /** Takes the next bytes. */
    @FunctionalInterface
    interface Target {
        void write(byte[] bytes, int offset, int length) throws SQLException;
    }

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final int PACKET = 1 << 16;
    private static final int NULL = -1;
    private static final short END = -1;
    /** PostgreSQL counts from the year 2000. */
    private static final long EPOCH_DAY = LocalDate.of(2000, 1, 1).toEpochDay();

    private static final long EPOCH_MICROS = EPOCH_DAY * 86_400_000_000L;
    private static final BigInteger TEN_THOUSAND = BigInteger.valueOf(10_000);
    private static final int DIGITS_IN_GROUP = 4;
    private static final short NEGATIVE = 0x4000;

    private final List<ColumnType> types;
    private final Target target;
    private ByteBuffer bytes = ByteBuffer.allocate(2 * PACKET);

    BinaryRows(List<ColumnType> types, Target target) {
        this.types = types;
        this.target = target;
        bytes.put(SIGNATURE).putInt(0).putInt(0);
    }

    void add(@Nullable Object[] row) throws SQLException {
        room(Short.BYTES).putShort((short) types.size());
        for (int index = 0; index < types.size(); index++) {
            add(types.get(index), row[index]);
        }
        if (bytes.position() >= PACKET) {
            send();
        }
    }

    /** Writes the end behind the last row. */
    void finish() throws SQLException {
        room(Short.BYTES).putShort(END);
        send();
    }

    private void send() throws SQLException {
        target.write(bytes.array(), 0, bytes.position());
        bytes.clear();
    }

    private void add(ColumnType type, @Nullable Object value) throws SQLException {
        if (value == null) {
            room(Integer.BYTES).putInt(NULL);
        } else if (type instanceof ColumnType.Of of) {
            addField(of.type(), value);
        } else if (type instanceof ColumnType.Name) {
            addText(value);
        } else {
            addBytes((byte[]) value);
        }
    }

    private void addField(FieldType type, Object value) throws SQLException {
        switch (type.kind()) {
            case WHOLE -> addWhole((FieldType.Whole) type, ((Number) value).longValue());
            case TIMESTAMP ->
                room(Integer.BYTES + Long.BYTES)
                        .putInt(Long.BYTES)
                        .putLong(Instants.micros(Times.instant(value)) - EPOCH_MICROS);
            case DECIMAL ->
                addDecimal(((BigDecimal) value).setScale(((FieldType.Decimal) type).scale(), RoundingMode.HALF_UP));
            case FLOATING ->
                room(Integer.BYTES + Double.BYTES).putInt(Double.BYTES).putDouble(((Number) value).doubleValue());
            case TRUTH -> room(Integer.BYTES + 1).putInt(1).put((byte) ((Boolean) value ? 1 : 0));
            case DATE -> {
                long day = ((LocalDate) value).toEpochDay() - EPOCH_DAY;
                room(2 * Integer.BYTES).putInt(Integer.BYTES).putInt(Math.toIntExact(day));
            }
            case TEXT -> addText(value);
            case LIST -> throw Dialect.noColumnFor(type);
        }
    }

    private void addWhole(FieldType.Whole type, long value) throws SQLException {
        if (type.bits() == Long.SIZE) {
            room(Integer.BYTES + Long.BYTES).putInt(Long.BYTES).putLong(value);
        } else if (value == (int) value) {
            room(2 * Integer.BYTES).putInt(Integer.BYTES).putInt((int) value);
        } else {
            throw new SQLException("the number %d is out of the range of INT".formatted(value), "22003");
        }
    }

    private void addText(Object value) {
        addBytes(PostgresDialect.withoutNul(value.toString()).getBytes(StandardCharsets.UTF_8));
    }

    private void addBytes(byte[] value) {
        room(Integer.BYTES + value.length).putInt(value.length).put(value);
    }

    /**
     * Digits in groups of four, the first group with its power of 10,000: 12.5 is the groups 12 and 5000, the first of power 0.
     */
    private void addDecimal(BigDecimal value) {
        int groupsAfterPoint = (value.scale() + DIGITS_IN_GROUP - 1) / DIGITS_IN_GROUP;
        var left = value.unscaledValue()
                .abs()
                .multiply(BigInteger.TEN.pow(groupsAfterPoint * DIGITS_IN_GROUP - value.scale()));
        var groups = new short[left.bitLength() / 13 + 1];
        int count = 0;
        for (; left.signum() != 0; count++) {
            var parts = left.divideAndRemainder(TEN_THOUSAND);
            groups[count] = parts[1].shortValueExact();
            left = parts[0];
        }
        int length = (DIGITS_IN_GROUP + count) * Short.BYTES;
        room(Integer.BYTES + length)
                .putInt(length)
                .putShort((short) count)
                .putShort((short) (count - groupsAfterPoint - 1))
                .putShort(value.signum() < 0 ? NEGATIVE : 0)
                .putShort((short) value.scale());
        while (count > 0) {
            bytes.putShort(groups[--count]);
        }
    }

    private ByteBuffer room(int wanted) {
        if (bytes.remaining() < wanted) {
            int capacity = Math.max(2 * bytes.capacity(), Math.addExact(bytes.position(), wanted));
            bytes = ByteBuffer.allocate(capacity).put(bytes.flip());
        }
        return bytes;
    }
}
