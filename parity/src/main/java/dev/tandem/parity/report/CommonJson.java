package dev.tandem.parity.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tandem.parity.traits.CommonText;
import dev.tandem.parity.traits.CommonTraits;
import java.io.IOException;
import java.util.Map;

/** Writes what refused records have in common: an object for each kind of record, with the traits as {@code late --common} has them. */
record CommonJson(JsonGenerator json) {
    void write(Map<String, CommonTraits> common) throws IOException {
        json.writeObjectFieldStart("common");
        for (var kind : common.entrySet()) {
            json.writeFieldName(kind.getKey());
            write(kind.getKey(), kind.getValue());
        }
        json.writeEndObject();
    }

    private void write(String word, CommonTraits common) throws IOException {
        json.writeStartObject();
        json.writeNumberField("records", common.refused());
        json.writeNumberField("all_records", common.all());
        json.writeArrayFieldStart("traits");
        for (var trait : common.traits()) {
            json.writeStartObject();
            json.writeStringField("trait", trait.counted().name());
            json.writeStringField("value", trait.counted().value());
            json.writeNumberField("refused_with_it", trait.counted().refused());
            json.writeNumberField("all_with_it", trait.counted().all());
            json.writeNumberField("lift", trait.lift());
            json.writeNumberField("probability", trait.probability());
            json.writeStringField("sentence", CommonText.sentence(trait, common, word));
            json.writeStringField("statistics", CommonText.statistics(trait));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
