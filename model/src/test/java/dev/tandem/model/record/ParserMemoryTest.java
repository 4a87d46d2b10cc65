package dev.tandem.model.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.FieldType;
import dev.tandem.model.Format;
import dev.tandem.model.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stream and batch, and any two tasks, must agree on each record, whatever each of them has read before. */
class ParserMemoryTest {
    private static final Schema SCHEMA = new Schema(List.of(
            field("tweet_id", "STRING"), field("likes", "INT"), field("v", "DOUBLE"), field("größe", "BIGINT")));
    private static final String RECORD = "{\"tweet_id\":\"1\",\"likes\":7,\"v\":1.5,\"größe\":3}";

    @ParameterizedTest
    @ValueSource(strings = {"ff", "ffff", "ffffff", "fe", "fffe", "c3", "00", "eda080"})
    void aNameThatIsNotUtf8IsNoKnownName(String hexadecimal) {
        var damage = HexFormat.of().parseHex(hexadecimal);
        var clean = RECORD.getBytes(StandardCharsets.UTF_8);
        var records = new ArrayList<byte[]>();
        for (int at = 0; at <= clean.length; at++) {
            records.add(AnyRecord.with(clean, at, damage));
        }
        requireSameVerdicts(Format.JSON, clean, records);
    }

    @ParameterizedTest
    @EnumSource(Format.Kind.class)
    void aHostileRecordIsReadAlikeByAFreshAndAUsedParser(Format.Kind kind) {
        long seed = 20_260_131;
        var format = kind == Format.Kind.JSON ? Format.JSON : Format.CSV;
        var any = new AnyRecord(SCHEMA, format, new SplittableRandom(seed));
        var records = new ArrayList<byte[]>();
        for (int round = 0; round < 5_000; round++) {
            records.add(any.hostile());
        }
        requireSameVerdicts(format, any.clean(), records);
    }

    private static void requireSameVerdicts(Format format, byte[] known, List<byte[]> records) {
        var used = new RecordParser(SCHEMA, format);
        var usedReader = SlotReader.of(SCHEMA, format);
        var slots = new Slots(SCHEMA.fields().size());
        Verdict.of(used, known);
        for (var record : records) {
            assertThat(Verdict.of(used, record))
                    .as(() -> HexFormat.of().formatHex(record))
                    .isEqualTo(Verdict.of(new RecordParser(SCHEMA, format), record));
            assertThat(usedReader.read(record, slots))
                    .as(() -> HexFormat.of().formatHex(record))
                    .isEqualTo(SlotReader.of(SCHEMA, format)
                            .read(record, new Slots(SCHEMA.fields().size())));
        }
    }

    private static Schema.Field field(String name, String type) {
        return new Schema.Field(name, FieldType.named(type).orElseThrow(), false);
    }
}
