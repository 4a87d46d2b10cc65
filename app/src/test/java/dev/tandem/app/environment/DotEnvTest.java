package dev.tandem.app.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DotEnvTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "KEY=value ~ value",
                "  KEY = value   ~ value",
                "export KEY=value ~ value",
                "KEY=value # a comment ~ value",
                "KEY=a#b ~ a#b",
                "KEY='a # b' ~ a # b",
                "KEY='a # b' # a comment ~ a # b",
                "KEY=\"a \\\"b\\\" \\\\n\" ~ a \"b\" \\n",
                "KEY=$HOME/${HOME} ~ $HOME/${HOME}",
                "KEY='$HOME' ~ $HOME",
                "KEY=a=b ~ a=b",
                "KEY= ~ ``",
                "KEY='' ~ ``",
                "KEY=   # nothing ~ ``",
            })
    void readsALine(String line, String value) {
        assertThat(DotEnv.parse(line, ".env")).containsOnlyKeys("KEY").containsValue(value);
    }

    @Test
    void readsManyLinesWithCommentsBetween() {
        assertThat(DotEnv.parse("# servers\r\nA=1\r\n\r\n  # more\nB=2\nA=3\n", ".env"))
                .containsOnlyKeys("A", "B")
                .containsEntry("A", "3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "s3cret ~ not KEY=VALUE",
                "1KEY=s3cret ~ not KEY=VALUE",
                "KEY='s3cret ~ a quote",
                "KEY=\"s3cret\" x ~ a quote"
            })
    void refusesALineWithoutShowingIt(String line, String reason) {
        assertThatThrownBy(() -> DotEnv.parse("A=1\n" + line, ".env"))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageStartingWith("Cannot read .env:2: ")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void refusesAFileThatCannotBeRead(@TempDir Path folder) {
        assertThatThrownBy(() -> DotEnv.read(folder, ".env")).hasMessageStartingWith("Cannot read .env: ");
    }
}
