package dev.tandem.model.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.model.DefinitionException;
import dev.tandem.model.Problem;
import dev.tandem.model.Schema.Field;
import dev.tandem.model.reading.DefinitionReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvroFieldsTest {
    private static final String SCHEMA = """
            {"type":"record","name":"Order","fields":[
              {"name":"id","type":"string"},
              {"name":"at","type":["null",{"type":"long","logicalType":"timestamp-millis"}]},
              {"name":"day","type":{"type":"int","logicalType":"date"}},
              {"name":"price","type":{"type":"bytes","logicalType":"decimal","precision":12,"scale":2}},
              {"name":"user","type":{"type":"record","name":"User","fields":[
                {"name":"id","type":"long"},{"name":"vip","type":"boolean"},{"name":"user","type":["null","User"]}]}},
              {"name":"tags","type":{"type":"array","items":["null","string"]}},
              {"name":"kind","type":{"type":"enum","name":"Kind","symbols":["A"]}},
              {"name":"share","type":"float"},
              {"name":"count","type":"int"},
              {"name":"blob","type":"bytes"},
              {"name":"either","type":["string","long"]},
              {"name":"map","type":{"type":"map","values":"string"}},
              {"name":"clock","type":{"type":"int","logicalType":"time-millis"}}]}""";
    private static final String FIELDS =
            "id STRING, at TIMESTAMP, day DATE, price DECIMAL(12,2), user_id BIGINT FROM '$.user.id',"
                    + " user_vip BOOLEAN FROM '$.user.vip', tags ARRAY<STRING>, kind STRING, share DOUBLE, count INT";
    private static final String DEFINITION = """
            pipeline: orders
            time: { event: at }
            source: { kafka: orders, format: avro }
            schema: %s
            views: { n: { measures: { n: count(*) } } }
            outputs: [{ view: n, table: "${mode}_n", in: sqlite }]
            """;

    @Test
    void areThoseThatADefinitionCanHold() {
        assertThat(AvroFields.of(List.of(SCHEMA))).isEqualTo(FIELDS);
    }

    @Test
    void standInThePlaceOfTheWordRegistry(@TempDir Path folder) throws Exception {
        var file = Files.writeString(folder.resolve("pipeline.yaml"), DEFINITION.formatted("registry"));
        var asked = new ArrayList<String>();

        var read = DefinitionReader.read(file, "orders", Optional.empty(), subject -> {
            asked.add(subject);
            return FIELDS;
        });

        var written = DefinitionReader.parse(DEFINITION.formatted('"' + FIELDS + '"'), "orders");
        assertThat(asked).containsExactly("orders-value");
        assertThat(read.schema()).isEqualTo(written.schema());
        assertThat(read.schema().fields()).extracting(Field::required).containsOnly(false);
        assertThat(read.hash()).isEqualTo(written.hash());
    }

    @Test
    void areInNoRegistryForOtherFormats() {
        assertThatThrownBy(() ->
                        DefinitionReader.parse(DEFINITION.formatted("registry").replace("avro", "json"), "orders"))
                .isInstanceOfSatisfying(
                        DefinitionException.class,
                        it -> assertThat(it.problems())
                                .extracting(Problem::what)
                                .containsExactly("only the fields of Avro messages of a topic are in a registry"));
    }
}
