package dev.tandem.app;

import dev.tandem.app.doctor.Finding;
import dev.tandem.app.doctor.MachineChecks;
import dev.tandem.app.page.MachineFacts;
import dev.tandem.app.page.ServedPipeline;
import dev.tandem.app.run.Services;
import dev.tandem.app.run.Whereabouts;
import dev.tandem.page.data.SystemFacts;
import dev.tandem.page.data.SystemFacts.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The machine, the servers and the versions for the web UI. The findings of the doctor are refreshed after a while. */
final class SystemReader implements Supplier<SystemFacts> {
    private static final Duration FRESH = Duration.ofSeconds(15);

    private final Shell shell;
    private final ServedPipelines pipelines;
    private @Nullable List<SystemFacts.Finding> findings;
    private Instant looked = Instant.EPOCH;

    SystemReader(Shell shell, ServedPipelines pipelines) {
        this.shell = shell;
        this.pipelines = pipelines;
    }

    @Override
    public SystemFacts get() {
        return new SystemFacts(MachineFacts.now(shell.home()), findings(), services(), versions(), settings());
    }

    private synchronized List<SystemFacts.Finding> findings() {
        var known = findings;
        if (known == null || looked.plus(FRESH).isBefore(shell.clock().instant())) {
            known = look();
            findings = known;
            looked = shell.clock().instant();
        }
        return known;
    }

    private List<SystemFacts.Finding> look() {
        var all = new ArrayList<Finding>();
        all.addAll(new MachineChecks(
                        shell.home(),
                        shell.installation().servers(),
                        shell.surroundings().environment())
                .all());
        all.addAll(pipelines.findings());
        return all.stream().map(SystemReader::told).toList();
    }

    private static SystemFacts.Finding told(Finding finding) {
        return new SystemFacts.Finding(
                health(finding.level()),
                finding.subject(),
                finding.value(),
                finding.hint().isEmpty() ? Optional.empty() : Optional.of(finding.hint()));
    }

    private static Health health(Finding.Level level) {
        return switch (level) {
            case PASS -> Health.FINE;
            case LOOK -> Health.ATTENTION;
            case FAIL -> Health.BROKEN;
        };
    }

    /** Those of this machine and those that others run, each once. */
    private List<SystemFacts.Service> services() {
        var services = new LinkedHashMap<String, SystemFacts.Service>();
        for (var it : Whereabouts.running(Hostings.workspace(shell))) {
            var note = "process %d, of this machine".formatted(it.pid());
            services.put(it.address(), new SystemFacts.Service(it.name(), Health.FINE, it.address(), note));
        }
        for (ServedPipeline served : pipelines.served()) {
            for (var it : Services.described(served.hosting(), served.pipeline())) {
                services.putIfAbsent(
                        it.address(), new SystemFacts.Service(it.name(), Health.FINE, it.address(), it.from()));
            }
        }
        return List.copyOf(services.values());
    }

    private static Map<String, String> versions() {
        var versions = new LinkedHashMap<String, String>();
        versions.put("tandem", Installation.version());
        versions.put("java", System.getProperty("java.version", "unknown"));
        versions.put("system", System.getProperty("os.name", "") + " " + System.getProperty("os.version", ""));
        return versions;
    }

    private Map<String, String> settings() {
        var settings = new LinkedHashMap<String, String>();
        settings.put("home", shell.home().toString());
        settings.put("pipelines", shell.installation().pipelines().toString());
        settings.put("process", Long.toString(ProcessHandle.current().pid()));
        return settings;
    }
}
