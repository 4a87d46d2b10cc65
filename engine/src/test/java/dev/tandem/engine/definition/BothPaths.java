package dev.tandem.engine.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.engine.prepare.GeneratedPacker;
import dev.tandem.engine.prepare.PackedContents;
import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Landed;
import dev.tandem.fold.PackedRecords;
import dev.tandem.fold.Prepared;
import dev.tandem.model.Instants;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A compiled definition that packs records in both ways: by the generated class, and by the projections that it replaces. */
final class BothPaths {
    /** After the time of most records, so that few are from the future. */
    private static final long ARRIVED = Instants.micros(Instant.parse("2027-01-01T00:00:00Z"));

    private final Workers generated;
    private final Workers projections;

    /** How many records were quarantined, of those on which an expression failed, led out, and accepted. */
    record Fates(int rejected, int failed, int led, int accepted) {}

    BothPaths(Compiled compiled) {
        this(compiled, PackedContents.ALL);
    }

    BothPaths(Compiled compiled, PackedContents contents) {
        var pipeline = compiled.pipeline();
        generated = compiled.workers(contents).value();
        assertThat(((GeneratedPacker) generated.packer()).obstacle())
                .as("obstacle")
                .isEmpty();
        projections =
                new Workers(pipeline.schema().landed(), pipeline.source().format(), compiled.projections(contents));
    }

    Workers generated() {
        return generated;
    }

    /** Packs {@code records} in both ways and fails at the first one whose bytes differ. */
    Fates requireEqual(List<byte[]> records) {
        var expected = packed(projections, records);
        var actual = packed(generated, records);
        int rejected = 0;
        int failed = 0;
        int led = 0;
        for (int index = 0; index < records.size(); index++) {
            assertThat(actual.get(index))
                    .as("the record %s", new String(records.get(index), StandardCharsets.UTF_8))
                    .isEqualTo(expected.get(index));
            int flags = actual.get(index).flags();
            rejected += flags & PackedRecords.REJECTED;
            led += (flags & PackedRecords.EXIT) == 0 ? 0 : 1;
            failed += actual.get(index).text().contains(ParsedRows.FAILED_REASON) ? 1 : 0;
        }
        int accepted = (int) actual.stream()
                .filter(it -> (it.flags() & (PackedRecords.REJECTED | PackedRecords.EXIT)) == 0)
                .count();
        return new Fates(rejected, failed, led, accepted);
    }

    /** A packed record in hexadecimal, and what the packer says of it. */
    record Packed(String bytes, int flags, long eventMicros, String identity) {
        /** Everything behind where it is from. */
        String fields() {
            return bytes.substring(2 * (Integer.BYTES + Integer.BYTES + Long.BYTES));
        }

        /** Its bytes as text, in which names can be found. */
        String text() {
            return new String(HexFormat.of().parseHex(bytes), StandardCharsets.ISO_8859_1);
        }
    }

    static List<Packed> packed(Workers workers, List<byte[]> records) {
        var all = new ArrayList<Packed>();
        var landed = new ArrayList<Landed>();
        for (var record : records) {
            var at = new Coordinates(3, landed.size());
            landed.add(new Landed(at, ARRIVED / 1_000, new Prepared.Raw(record), 0, Landed.As.KEPT));
        }
        workers.pack(
                landed.iterator(),
                (parsed, packed, bytes) -> all.add(new Packed(
                        HexFormat.of().formatHex(bytes.array(), 0, bytes.size()),
                        packed.flags(),
                        packed.eventMicros(),
                        (packed.flags() & PackedRecords.IDENTITY) == 0
                                ? ""
                                : packed.identityHigh() + " " + packed.identityLow())));
        return all;
    }
}
