package dev.tandem.app.run;

import dev.tandem.model.Pipeline;
import dev.tandem.servers.Lifetime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * What an end-to-end test stands on: a real broker, a real database and Spark. The servers are started once and serve all test
 * classes of the JVM, each of which works under names of its own; Spark lives as long as its class.
 */
final class Bench implements AutoCloseable {
    /** Of this JVM alone: two that unpack a server into one folder at once spoil it for each other. */
    static final Path CACHE = Path.of("target", "test-cache-" + System.getProperty("surefire.forkNumber", "1"));

    private final Workspace workspace;
    private final List<Stage> stages = new ArrayList<>();

    private Bench(Workspace workspace) {
        this.workspace = workspace;
    }

    Workspace workspace() {
        return workspace;
    }

    /** The tweets pipeline as it ships, except that its name, topics and tables end in {@code suffix}. */
    Stage stage(String suffix) {
        return stage(suffix, UnaryOperator.identity());
    }

    /** The same with {@code change} made to the definition's text. */
    Stage stage(String suffix, UnaryOperator<String> change) {
        var stage = Stage.of(workspace, suffix, change);
        stages.add(stage);
        return stage;
    }

    /** The same workspace, where PostgreSQL runs beside the others; the first call starts it. */
    Workspace withPostgres() {
        start(workspace, Trial.definition("user_activity", workspace, Optional.empty(), UnaryOperator.identity()));
        return workspace;
    }

    /** Starts those servers of {@code pipeline} that do not run yet. */
    private static void start(Workspace workspace, Pipeline pipeline) {
        Services.start(workspace, pipeline, Lifetime.UNTIL_STOPPED, new Silent())
                .close();
    }

    @Override
    public void close() {
        stages.forEach(Stage::close);
    }

    /** The servers behind every bench; what is left running when the tests end would stay for ever. */
    private record Servers(Workspace workspace) implements AutoCloseable {
        static Servers start() {
            var workspace = new Workspace(home(), CACHE, Path.of("../servers/target/servers"));
            var servers = new Servers(workspace);
            Runtime.getRuntime().addShutdownHook(new Thread(servers::close));
            Bench.start(workspace, Stage.definition(workspace, "", UnaryOperator.identity()));
            return servers;
        }

        private static Path home() {
            try {
                var home = Files.createTempDirectory(
                        Files.createDirectories(Path.of("target", "test-homes").toAbsolutePath()), "bench");
                // Temporary directories are closed to others, and then root could not hand a database to nobody.
                Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
                return home;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            Operations.down(workspace);
            workspace.empty();
        }
    }

    /** Resolves a parameter of type {@link Bench} in {@code @BeforeAll}. */
    static final class Giver implements ParameterResolver {
        private static final ExtensionContext.Namespace OURS = ExtensionContext.Namespace.create(Bench.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Bench.class;
        }

        @Override
        public Bench resolveParameter(ParameterContext parameter, ExtensionContext context) {
            var servers = context.getRoot()
                    .getStore(OURS)
                    .computeIfAbsent(Servers.class, key -> Servers.start(), Servers.class);
            return context.getStore(OURS)
                    .computeIfAbsent(Bench.class, key -> new Bench(servers.workspace()), Bench.class);
        }
    }

    /** Nobody watches a test. */
    static final class Silent implements Narrator {
        @Override
        public void tell(String text) {}

        @Override
        public void progress(String label, long done, OptionalLong total) {}
    }
}
