package dev.tandem.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * A measured program in a Java process of its own, which prints its figures and ends with this process.
 *
 * @param archive a file for an archive of the classes that the program loads: its first run writes it and every later one uses it, as
 *     with the launcher; empty for a program that has none
 */
record Child(String program, String classPath, List<String> options, Optional<Path> archive) {

    Child(String program, String classPath, List<String> options) {
        this(program, classPath, options, Optional.empty());
    }

    /** The same with an archive in {@code folder}. */
    Child archivedIn(Path folder) {
        return new Child(program, classPath, options, Optional.of(folder.resolve(program + ".jsa")));
    }

    /** Deletes the archive, which may be of another build. */
    void forgetArchive() throws IOException {
        if (archive.isPresent()) {
            Files.deleteIfExists(archive.get());
        }
    }

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
        archive.ifPresent(
                it -> command.add((Files.exists(it) ? "-XX:SharedArchiveFile=" : "-XX:ArchiveClassesAtExit=") + it));
        command.addAll(List.of(JavaModuleOptions.defaultModuleOptions().split(" ")));
        command.add("-Dtandem.logs=" + setting.folder());
        command.addAll(List.of("-cp", classPath, program, file.toString()));
        return command;
    }
}
