package dev.tandem.engine.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.extension.ExtensionLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutorClassPathTest {
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @TempDir
    private Path folder = Path.of("");

    @AfterEach
    void asItWas() {
        Thread.currentThread().setContextClassLoader(before);
    }

    private Path jar(String name, String entry) throws IOException {
        var jar = folder.resolve(name);
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(entry));
        }
        return jar;
    }

    /** What an extension needs besides its own classes lies beside it. */
    @Test
    void hasTheJarsOfExtensionsAndOfWhatTheyNeed() throws IOException {
        var extension = jar("functions.jar", "META-INF/services/dev.tandem.model.extension.FunctionProvider");
        var needed = jar("needed.jar", "org/example/Needed.class");
        var loader = ExtensionLoader.of(List.of(folder), (kind, name) -> false).orElseThrow();
        Thread.currentThread().setContextClassLoader(loader);
        assertThat(ExecutorClassPath.ofThisProcess().jars().split(","))
                .contains(extension.toUri().toString(), needed.toUri().toString());
    }

    @Test
    void hasNothingMoreWithoutExtensions() throws IOException {
        var driver = jar("driver.jar", "META-INF/services/java.sql.Driver");
        assertThat(ExtensionLoader.of(List.of(folder), (kind, name) -> false)).isEmpty();
        assertThat(ExecutorClassPath.ofThisProcess().jars())
                .doesNotContain(driver.toUri().toString());
    }
}
