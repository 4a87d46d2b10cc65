package dev.tandem.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.spark.launcher.JavaModuleOptions;

/** A measured program in a Java process of its own, which ends with this one. */
record Child(Class<?> program, List<String> options) {
    private static final int LONGEST_MINUTES = 30;

    Figures run(Setting setting) throws IOException, InterruptedException {
        var file = setting.write();
        var output = setting.folder().resolve("output.log");
        var builder = new ProcessBuilder(command(setting, file))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        var process = builder.start();
        var farewell = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(farewell);
        try {
            if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                throw new IOException("Cannot wait for %s any longer; see %s".formatted(program.getName(), output));
            }
        } finally {
            process.destroyForcibly();
            Runtime.getRuntime().removeShutdownHook(farewell);
        }
        return Files.readAllLines(output).stream()
                .map(Figures::in)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() ->
                        new IOException("%s found no figures; see %s".formatted(program.getSimpleName(), output)));
    }

    private List<String> command(Setting setting, Path file) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx2g");
        command.addAll(options);
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
        command.add("-Dtandem.logs=" + setting.folder());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName(), file.toString()));
        return command;
    }
}
