package dev.tandem.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two definitions that write one table, seen before either of them runs. */
class SharedTablesTest {
    @TempDir
    private Path home;

    private String definition(String name, String table) throws IOException {
        return Files.writeString(home.resolve(name + ".yaml"), """
                        pipeline: %s
                        time: { event: at }
                        source: { files: data/%s, format: csv }
                        schema: at TIMESTAMP
                        views:
                          total: { window: { global: true }, measures: { n: count(*) } }
                        outputs:
                          - { view: total, table: "%s", in: sqlite }
                        """.formatted(name, name, table))
                .toString();
    }

    @Test
    void areToldByCheckOverBoth() throws IOException {
        var one = definition("one", "${mode}_total");
        var two = definition("two", "${mode}_Total");
        var checked = TandemCommand.run(home, "check", one, two);
        assertThat(checked.code()).isEqualTo(Exit.INVALID.code());
        assertThat(checked.err())
                .contains("two.yaml:8")
                .contains("the table 'stream_total' in 'sqlite' is the table of pipeline 'one' too")
                .contains("the table 'batch_total' in 'sqlite' is the table of pipeline 'one' too");
        assertThat(TandemCommand.run(home, "check", one, definition("two", "${mode}_other"))
                        .code())
                .isEqualTo(Exit.FINE.code());
    }
}
