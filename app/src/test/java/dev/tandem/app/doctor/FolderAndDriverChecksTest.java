package dev.tandem.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Format;
import dev.tandem.model.Source;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the fourth reference system lists as trouble: no data, a missing driver, rights. */
class FolderAndDriverChecksTest {
    @Nested
    class TheFolderOfFiles {
        @TempDir
        private Path folder = Path.of("");

        private Finding look(Path at) {
            var landing = new Source.Landing.Table("raw", "postgres", List.of());
            return FolderChecks.of("shop", new Source.Files("data", Format.JSON, 1, Optional.empty(), landing), at);
        }

        @Test
        void S4_13_thatIsMissingOrEmptyIsToldWithTheVerbThatFillsIt() {
            assertThat(look(folder.resolve("data")).told())
                    .isEqualTo(
                            "▲ files of shop          %s is not there%n                         → './tandem generate shop' makes and fills it"
                                    .formatted(folder.resolve("data")));
            assertThat(look(folder).level()).isEqualTo(Finding.Level.LOOK);
            assertThat(look(folder).value()).endsWith("is empty");
        }

        @Test
        void thatHoldsFilesPasses() throws IOException {
            Files.writeString(folder.resolve("one.csv"), "");
            assertThat(look(folder).told()).startsWith("✔ files of shop").endsWith("holds 1");
        }

        @Test
        void S4_13_thatCannotBeReadFails() throws IOException {
            var file = Files.writeString(folder.resolve("data"), "");
            assertThat(look(file).level()).isEqualTo(Finding.Level.FAIL);
            assertThat(look(file).hint()).contains("chmod u+rx");
        }
    }

    @Nested
    class TheDrivers {
        @Test
        void areOnTheClassPath() {
            assertThat(DriverChecks.of(getClass().getClassLoader()))
                    .singleElement()
                    .extracting(Finding::told)
                    .isEqualTo("✔ jdbc drivers           duckdb_jdbc, mariadb-java-client, postgresql, sqlite-jdbc");
        }

        @Test
        void S4_13_thatAreMissingAreNamedOneByOne() throws IOException {
            try (var nothing = new URLClassLoader(new URL[0], null)) {
                assertThat(DriverChecks.of(nothing))
                        .hasSize(4)
                        .allMatch(it -> it.level() == Finding.Level.FAIL)
                        .extracting(Finding::value)
                        .contains("postgresql is missing");
            }
        }
    }
}
