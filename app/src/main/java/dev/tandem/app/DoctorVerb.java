package dev.tandem.app;

import dev.tandem.app.doctor.Finding;
import dev.tandem.app.doctor.Finding.Level;
import dev.tandem.app.doctor.MachineChecks;
import dev.tandem.app.doctor.RunChecks;
import dev.tandem.app.doctor.ServiceChecks;
import dev.tandem.app.run.Workspace;
import dev.tandem.local.Database;
import dev.tandem.local.LocalService;
import dev.tandem.local.LocalServices;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Source;
import dev.tandem.store.DatabaseAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What stands in the way of a run, each with its mend. */
@Command(name = "doctor", description = "Looks at machine, servers, definitions and last runs; tells what mends each.")
final class DoctorVerb implements Verb {
    @Parameters(arity = "0..*", paramLabel = "PIPELINE", description = "whose topic and runs to look at (default: all)")
    private List<String> names = List.of();

    @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "a broker to try (default: the one of 'up')")
    private @Nullable String kafka;

    @Option(
            names = "--database",
            paramLabel = "URI",
            description =
                    "a database to try, as in mysql://user@host:3306/name; the password stands in TANDEM_PASSWORD")
    private @Nullable String database;

    @Override
    public Exit run(Shell shell) throws IOException, InterruptedException {
        var findings = new ArrayList<Finding>();
        findings.addAll(new MachineChecks(
                        shell.home(),
                        shell.installation().servers(),
                        shell.surroundings().environment())
                .all());
        var pipelines = definitions(shell, findings);
        services(shell, pipelines, findings);
        answer(shell, findings);
        return findings.stream().anyMatch(finding -> finding.level() == Level.FAIL) ? Exit.NOT_READY : Exit.FINE;
    }

    private List<Pipeline> definitions(Shell shell, List<Finding> findings) throws IOException {
        var pipelines = shell.pipelines();
        var chosen = names.isEmpty()
                ? List.copyOf(pipelines.all().values())
                : names.stream().map(pipelines::find).toList();
        var valid = new ArrayList<Pipeline>();
        for (var found : chosen) {
            var checked = CheckVerb.checked(found, shell.clock().instant());
            if (checked.valid()) {
                valid.add(found.read());
                findings.add(new Finding(Level.PASS, "definition", found.shown() + " is valid", ""));
            } else {
                var count = checked.wrong().orElseThrow().problems().size();
                findings.add(new Finding(
                        Level.FAIL,
                        "definition",
                        "%s has %d problem(s)".formatted(found.shown(), count),
                        "./tandem check %s".formatted(found.shown())));
            }
        }
        return valid;
    }

    private void services(Shell shell, List<Pipeline> pipelines, List<Finding> findings) throws InterruptedException {
        var running = LocalServices.attach(
                Workspace.at(shell.home(), shell.installation().servers())
                        .home()
                        .resolve("servers"));
        broker(running, pipelines, findings);
        var log = shell.home().resolve("logs").resolve("tandem.log");
        for (var address : databases(shell, running)) {
            var finding = ServiceChecks.database(address);
            findings.add(finding);
            if (finding.level() == Level.PASS) {
                pipelines.forEach(pipeline -> findings.addAll(new RunChecks(address, log).of(pipeline.name())));
            }
        }
        if (running.isEmpty() && kafka == null && database == null) {
            findings.add(new Finding(
                    Level.PASS,
                    "servers",
                    "none is running here; 'demo' starts its own, './tandem up' starts them to stay",
                    ""));
        }
    }

    private void broker(List<LocalService> running, List<Pipeline> pipelines, List<Finding> findings)
            throws InterruptedException {
        var address = Optional.ofNullable(kafka)
                .or(() -> running.stream()
                        .filter(service -> service.name().equals("kafka"))
                        .map(LocalService::address)
                        .findFirst());
        if (address.isPresent()) {
            findings.addAll(ServiceChecks.kafka(address.get(), topics(pipelines)));
        }
    }

    private static Map<String, String> topics(List<Pipeline> pipelines) {
        var topics = new LinkedHashMap<String, String>();
        for (var pipeline : pipelines) {
            if (pipeline.source() instanceof Source.Kafka source) {
                topics.put(pipeline.name(), source.topic());
            }
        }
        return topics;
    }

    private List<DatabaseAddress> databases(Shell shell, List<LocalService> running) {
        if (database != null) {
            return List.of(GivenDatabase.read(
                    database, shell.surroundings().environment().getOrDefault("TANDEM_PASSWORD", "")));
        }
        return running.stream()
                .filter(Database.class::isInstance)
                .map(service -> GivenDatabase.of((Database) service))
                .toList();
    }

    private static void answer(Shell shell, List<Finding> findings) {
        if (!shell.json()) {
            shell.answer(findings.stream().map(Finding::told).collect(Collectors.joining("\n")));
            return;
        }
        var document = Json.document("doctor");
        var all = document.putArray("findings");
        findings.forEach(finding -> all.addObject()
                .put("level", finding.level().name().toLowerCase(java.util.Locale.ROOT))
                .put("subject", finding.subject())
                .put("value", finding.value())
                .put("mend", finding.mend()));
        shell.answer(document);
    }
}
