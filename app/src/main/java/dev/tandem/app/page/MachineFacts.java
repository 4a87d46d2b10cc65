package dev.tandem.app.page;

import com.sun.management.OperatingSystemMXBean;
import dev.tandem.model.Reason;
import dev.tandem.page.data.SystemFacts.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process takes of its machine. */
public final class MachineFacts {
    private MachineFacts() {}

    /** {@code home} lies on the disk that is told of. */
    public static Machine now(Path home) {
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        var runtime = Runtime.getRuntime();
        try {
            var disk = Files.getFileStore(existing(home));
            return new Machine(
                    Math.max(0, system.getProcessCpuLoad()),
                    runtime.availableProcessors(),
                    runtime.totalMemory() - runtime.freeMemory(),
                    runtime.maxMemory(),
                    disk.getUsableSpace(),
                    disk.getTotalSpace(),
                    ManagementFactory.getRuntimeMXBean().getUptime() / 1_000.0);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot look at the disk of %s: %s".formatted(home, Reason.of(e)), e);
        }
    }

    private static Path existing(Path path) {
        var parent = path.getParent();
        return Files.exists(path) || parent == null ? path : existing(parent);
    }
}
