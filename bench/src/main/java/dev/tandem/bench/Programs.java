package dev.tandem.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The programs that are measured. Each is a Java process of its own with the same heap, the same collector and all cores.
 *
 * @param furtherOptions options of Java's for Tandem alone
 */
record Programs(Path checkout, String heap, List<String> furtherOptions) {
    /** As the launcher gives it to {@code stream}. */
    private static final String LAUNCHER_OPTION = "-XX:CompileThresholdScaling=3";

    /** One of this module's programs: Tandem and the stock Spark job, on the libraries that ship. */
    Child own(Class<?> program) {
        return new Child(program.getName(), System.getProperty("java.class.path"), options());
    }

    Child tandem(Class<?> program) {
        var options = options();
        options.add(LAUNCHER_OPTION);
        options.addAll(furtherOptions);
        return new Child(program.getName(), System.getProperty("java.class.path"), options);
    }

    /** The Flink job, on Flink's libraries and nothing else. */
    Child flink() {
        var target = checkout.resolve("bench/flink/target");
        var classPath = "%s/*:%s/*".formatted(target, target.resolve("lib"));
        return new Child("dev.tandem.bench.flink.FlinkDrain", classPath, options());
    }

    /** DuckDB, which keeps its data outside of Java's heap and is told the same limit for it. */
    Child duck(String segments) {
        var classPath = System.getProperty("java.class.path") + ":" + checkout.resolve("bench/target/lib") + "/*";
        return new Child(
                DuckBatch.class.getName(),
                classPath,
                List.of("-Xmx256m", "-Dduck.memory=" + heap, "-Dduck.segments=" + segments));
    }

    /** {@code ./tandem} with a verb, as a user types it. */
    Command launcher(List<String> words, List<Command.Variable> environment, Path output) {
        var all = new ArrayList<>(List.of(checkout.resolve("tandem").toString()));
        all.addAll(words);
        var variables = new ArrayList<>(environment);
        variables.add(new Command.Variable("TANDEM_NO_BUILD", "1"));
        var options = new ArrayList<>(List.of("-Xmx" + heap));
        options.addAll(furtherOptions);
        variables.add(new Command.Variable("TANDEM_JAVA_OPTIONS", String.join(" ", options)));
        return new Command(all, variables, output);
    }

    private List<String> options() {
        return new ArrayList<>(List.of("-Xmx" + heap, "-XX:+UseParallelGC"));
    }
}
