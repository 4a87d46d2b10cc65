package dev.tandem.parity.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tandem.fold.recount.EventTimes;
import dev.tandem.parity.PartitionGap;
import java.io.IOException;
import java.util.Locale;
import java.util.SortedMap;

/** Writes the event times of each partition, and which partitions are hours apart, into {@code report.json}. */
record EventTimesJson(JsonGenerator json) {
    void write(SortedMap<Integer, EventTimes> partitions) throws IOException {
        json.writeArrayFieldStart("partitions");
        for (var partition : partitions.entrySet()) {
            var times = partition.getValue();
            json.writeStartObject();
            json.writeNumberField("partition", partition.getKey());
            json.writeNumberField("records", times.records());
            json.writeNumberField("late", times.late());
            json.writeStringField("first_event", times.first().toString());
            json.writeStringField("last_event", times.last().toString());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeFieldName("apart");
        var gap = PartitionGap.of(partitions);
        if (gap.isPresent()) {
            write(gap.get());
        } else {
            json.writeNull();
        }
    }

    private void write(PartitionGap gap) throws IOException {
        json.writeStartObject();
        json.writeStringField("side", gap.side().name().toLowerCase(Locale.ROOT));
        json.writeArrayFieldStart("partitions");
        for (int partition : gap.partitions()) {
            json.writeNumber(partition);
        }
        json.writeEndArray();
        json.writeNumberField("seconds", gap.apart().toSeconds());
        json.writeNumberField("records_behind", gap.records());
        json.writeNumberField("late", gap.late());
        json.writeStringField("sentence", gap.told());
        json.writeEndObject();
    }
}
