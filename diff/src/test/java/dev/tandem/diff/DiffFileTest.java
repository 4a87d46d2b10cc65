package dev.tandem.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.tandem.diff.table.Question.Wanted;
import dev.tandem.model.DefinitionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiffFileTest {
    @TempDir
    private Path folder = Path.of("");

    private DiffFile read(String text) throws IOException {
        var file = folder.resolve("diff.yaml");
        Files.writeString(file, text);
        assertThat(DiffFile.is(file)).isTrue();
        return DiffFile.read(file, "diff.yaml");
    }

    @Test
    void holdsAWholeQuestion() throws IOException {
        var file = read("""
                diff: orders
                left: lake/orders/*.parquet
                right:
                  from: postgres://reader@db.example.org/shop
                  query: select * from orders
                  where: amount > 0
                  zone: Asia/Kolkata
                key: [order_id, day]
                ignore: loaded_at
                rename: { customer: client_name }
                type: { zip: text }
                tolerance: { amount: 0.01, share: 1% }
                time: day
                again: 60s
                """);

        assertThat(file.name()).isEqualTo("orders");
        assertThat(file.left().address()).isEqualTo("lake/orders/*.parquet");
        assertThat(file.right().query()).contains("select * from orders");
        assertThat(file.right().zone()).contains(ZoneId.of("Asia/Kolkata"));
        assertThat(file.key()).containsExactly("order_id", "day");
        assertThat(file.choice().renames()).containsEntry("customer", "client_name");
        assertThat(file.choice().types()).containsEntry("zip", Wanted.TEXT);
        assertThat(file.choice().tolerances()).containsOnlyKeys("amount", "share");
        assertThat(file.again()).contains(Duration.ofSeconds(60));
    }

    @Test
    void takesOneToleranceForAllNumbers() throws IOException {
        var file = read("diff: a\nleft: l.csv\nright: r.csv\nkey: id\ntolerance: 1e-9 relative\n");

        assertThat(file.choice().everywhere().map(it -> it.shown())).isEqualTo(Optional.of("1e-9 relative"));
    }

    @Test
    void reportsEverythingThatIsWrongWithItsLine() {
        assertThatThrownBy(() -> read("diff: a\nleft: l.csv\nkeys: id\ntolerance: { n: lots }\ntype: { n: whole }\n"))
                .asInstanceOf(type(DefinitionException.class))
                .extracting(DefinitionException::told)
                .asString()
                .contains(
                        "the key 'right' is missing",
                        "the key 'key' is missing",
                        "diff.yaml:3:1  unknown key 'keys'",
                        "diff.yaml:4:17  'lots' is not a tolerance",
                        "diff.yaml:5:12  'whole' is not a type",
                        "use one of number, text, time, date");
    }

    @Test
    void isToldFromAPipeline() throws IOException {
        var file = folder.resolve("pipeline.yaml");
        Files.writeString(file, "pipeline: a\n");

        assertThat(DiffFile.is(file)).isFalse();
    }
}
