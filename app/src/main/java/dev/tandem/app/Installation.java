package dev.tandem.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Properties;

/** The folder that ships: {@code tandem.jar}, {@code lib}, {@code servers} and {@code pipelines}. Only read. */
public record Installation(Path directory) {
    public Installation {
        directory = directory.toAbsolutePath().normalize();
    }

    /** The one this class was loaded from; run from a build's classes, the one the build lays out beside them. */
    static Installation current() {
        try {
            var code = Path.of(Installation.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            boolean jar = code.getFileName().toString().endsWith(".jar");
            return new Installation(jar ? code.resolveSibling("") : code.resolveSibling("tandem"));
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Cannot tell where Tandem is installed", e);
        }
    }

    public Path pipelines() {
        return directory.resolve("pipelines");
    }

    /** The folder of the server programs that the module servers starts. */
    public Path servers() {
        return directory.resolve("servers");
    }

    /** Where users put jars: extensions, and drivers of databases. */
    public Path extensions() {
        return directory.resolve("lib").resolve("ext");
    }

    static String version() {
        try (var in = Installation.class.getResourceAsStream("version.properties")) {
            var properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
