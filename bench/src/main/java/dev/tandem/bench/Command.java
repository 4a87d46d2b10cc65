package dev.tandem.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command in a process of its own, which ends with this one. */
record Command(List<String> words, List<Variable> environment, Path output) {
    private static final int LONGEST_MINUTES = 30;
    /** Ticks of the kernel's clock for processor times: 100 on every Linux that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    /** A variable of the command's environment. */
    record Variable(String name, String value) {}

    /**
     * How a command ended.
     *
     * @param cpuSeconds processor time of the whole process, as the kernel counts it
     */
    record Took(int exitCode, double wallSeconds, double cpuSeconds) {}

    Took run() throws IOException, InterruptedException {
        Files.createDirectories(output.resolveSibling(""));
        var builder = new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
        environment.forEach(it -> builder.environment().put(it.name(), it.value()));
        double cpuBefore = cpuOfEndedChildren();
        long begun = System.nanoTime();
        var process = builder.start();
        var farewell = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(farewell);
        try {
            if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
                throw new IOException(
                        "%s did not end within %d minutes; see %s".formatted(words.get(0), LONGEST_MINUTES, output));
            }
            double wall = (System.nanoTime() - begun) / 1e9;
            return new Took(process.exitValue(), wall, cpuOfEndedChildren() - cpuBefore);
        } finally {
            process.destroyForcibly();
            Runtime.getRuntime().removeShutdownHook(farewell);
        }
    }

    /** User and system time of this process's children that have ended (proc(5), fields 16 and 17 of stat). */
    private static double cpuOfEndedChildren() throws IOException {
        var stat = Files.readString(Path.of("/proc/self/stat"));
        var afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(afterName[13]) + Long.parseLong(afterName[14])) / TICKS_PER_SECOND;
    }
}
