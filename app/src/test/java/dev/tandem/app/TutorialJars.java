package dev.tandem.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Jars made of what docs/extending.md shows: its Java is compiled against the model alone, as a reader would do it. */
public final class TutorialJars {
    private static final Path TUTORIAL = Path.of("../docs/extending.md");
    private static final Pattern CODE = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CLASS = Pattern.compile("public class (\\w+) implements (\\w+)");
    private static final Pattern DEFINITION = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);
    private static final String API = "dev.tandem.model.extension.";

    private TutorialJars() {}

    /** The definition that the tutorial shows at its end. */
    public static String definition() throws IOException {
        return definition("power");
    }

    /** The definition that the tutorial shows of this pipeline. */
    public static String definition(String pipeline) throws IOException {
        return DEFINITION
                .matcher(Files.readString(TUTORIAL))
                .results()
                .map(found -> found.group(1))
                .filter(text -> text.startsWith("pipeline: " + pipeline + "\n"))
                .findFirst()
                .orElseThrow();
    }

    /** A jar for each class of the tutorial, in {@code folder}. */
    public static void all(Path folder) throws IOException {
        for (var code : CODE.matcher(Files.readString(TUTORIAL)).results().toList()) {
            jar(folder, code.group(1));
        }
    }

    /** A jar in {@code folder} with the public class of {@code source}, listed as what it implements. */
    public static Path jar(Path folder, String source) throws IOException {
        var found = CLASS.matcher(source);
        assertThat(found.find()).as(source).isTrue();
        var name = found.group(1);
        var classes = Files.createTempDirectory(folder, "classes");
        compile(name, source, classes);
        var services = Map.of(API + found.group(2), "example." + name + "\n");
        return jar(folder.resolve(name + ".jar"), classes, services);
    }

    /** A jar of what is in {@code classes}, with provider files of these names and contents. */
    public static Path jar(Path jar, Path classes, Map<String, String> services) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                var files = Files.walk(classes)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                out.write(Files.readAllBytes(file));
            }
            for (var service : services.entrySet()) {
                out.putNextEntry(new JarEntry("META-INF/services/" + service.getKey()));
                out.write(service.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    private static void compile(String name, String source, Path classes) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var problems = new DiagnosticCollector<JavaFileObject>();
        var unit =
                new SimpleJavaFileObject(
                        URI.create("string:///example/" + name + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        var options = List.of("-d", classes.toString(), "-classpath", model(), "-proc:none");
        var compiled = compiler.getTask(null, null, problems, options, null, List.of(unit))
                .call();
        assertThat(compiled).as(problems.getDiagnostics().toString()).isTrue();
    }

    /** The model's classes and nothing else of Tandem. */
    private static String model() {
        return java.util.Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.contains("tandem-model")
                        || entry.contains("model/target/classes")
                        || entry.contains("jspecify"))
                .collect(java.util.stream.Collectors.joining(File.pathSeparator));
    }
}
