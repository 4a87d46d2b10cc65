package dev.tandem.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineChecksTest {
    private static final long GIB = 1L << 30;

    @Test
    void aJavaThatSparkDoesNotKnowIsRefused() {
        assertThat(MachineChecks.java(17).told()).isEqualTo("✔ java                   Java 17");
        assertThat(MachineChecks.java(23).told())
                .isEqualTo(
                        "✖ java                   Java 23\n                         → install Java 17, 21 or 25 and set JAVA_HOME to it");
    }

    @Test
    void aFullDiskIsRefusedAndANarrowOneToldOf() {
        assertThat(MachineChecks.disk(GIB / 4).level()).isEqualTo(Finding.Level.FAIL);
        assertThat(MachineChecks.disk(GIB).level()).isEqualTo(Finding.Level.LOOK);
        assertThat(MachineChecks.disk(3 * GIB).level()).isEqualTo(Finding.Level.PASS);
    }

    @Test
    void littleMemoryAndOneProcessorAreToldOf() {
        assertThat(MachineChecks.memory(2 * GIB, GIB).level()).isEqualTo(Finding.Level.LOOK);
        assertThat(MachineChecks.cores(1).level()).isEqualTo(Finding.Level.LOOK);
    }

    @Test
    void missingBinariesAndToolsAreTold(@TempDir Path folder) {
        var findings = new MachineChecks(folder, folder.resolve("servers"), Map.of("PATH", folder.toString())).all();
        assertThat(findings)
                .filteredOn(finding -> finding.level() == Finding.Level.LOOK)
                .extracting(Finding::subject)
                .contains("setpriv", "kafka binaries", "mariadb binaries", "postgresql binaries");
    }
}
