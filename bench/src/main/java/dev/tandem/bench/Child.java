package dev.tandem.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.launcher.JavaModuleOptions;

/** A measured program in a Java process of its own, which prints its figures and ends with this process. */
record Child(String program, String classPath, List<String> options) {

    Figures run(Setting setting) throws IOException, InterruptedException {
        var file = setting.write();
        var output = setting.folder().resolve("output.log");
        var took = new Command(command(setting, file), List.of(), output).run();
        if (took.exitCode() != 0) {
            throw new IOException("%s ended with %d; see %s".formatted(program, took.exitCode(), output));
        }
        var figures = Files.readAllLines(output).stream()
                .map(Figures::in)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new IOException("%s printed no figures; see %s".formatted(program, output)));
        return figures.with("wall", took.wallSeconds()).with("process-cpu", took.cpuSeconds());
    }

    private List<String> command(Setting setting, Path file) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
        command.add("-Dtandem.logs=" + setting.folder());
        command.addAll(List.of("-cp", classPath, program, file.toString()));
        return command;
    }
}
