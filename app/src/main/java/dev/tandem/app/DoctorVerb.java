package dev.tandem.app;

import dev.tandem.app.doctor.DriverChecks;
import dev.tandem.app.doctor.Finding;
import dev.tandem.app.doctor.Finding.Level;
import dev.tandem.app.doctor.MachineChecks;
import dev.tandem.app.environment.EnvironmentException;
import dev.tandem.app.environment.GivenDatabase;
import dev.tandem.app.json.Json;
import dev.tandem.app.run.Hosting;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Reason;
import dev.tandem.store.DatabaseAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists everything that would keep a run from working, each with a hint. */
@Command(
        name = "doctor",
        description = "Checks machine, servers, definitions and last runs, with a hint for each fault.")
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

    @Mixin
    private ProfileOption profile = new ProfileOption();

    @Override
    public Exit run(Shell shell) throws IOException, InterruptedException {
        var findings = new ArrayList<Finding>();
        findings.addAll(new MachineChecks(
                        shell.home(),
                        shell.installation().servers(),
                        shell.surroundings().environment())
                .all());
        findings.addAll(DriverChecks.of(getClass().getClassLoader()));
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
        var chosenProfile = profile.chosen(shell);
        var valid = new ArrayList<Pipeline>();
        for (var found : chosen) {
            var checked = CheckVerb.checked(found, chosenProfile, shell);
            if (checked.valid()) {
                valid.add(found.read(chosenProfile));
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
        var look = look(shell, pipelines);
        findings.addAll(look.environment());
        findings.addAll(look.broker());
        findings.addAll(look.registry());
        findings.addAll(look.drops(new ShellNarrator(shell.progress())));
        findings.addAll(look.databases());
        findings.addAll(look.states());
        findings.addAll(look.schedules());
        findings.addAll(look.missing());
    }

    private ServiceInspection look(Shell shell, List<Pipeline> pipelines) {
        var asked = new ServiceInspection.Addresses(
                Optional.ofNullable(kafka), Optional.ofNullable(database).map(it -> given(shell, it)));
        return new ServiceInspection(hosting(shell), pipelines, asked);
    }

    /** A {@code .env} beside a definition speaks for that definition, not for all. */
    private Hosting hosting(Shell shell) {
        return names.size() == 1
                ? Hostings.of(shell, names.get(0))
                : new Hosting(Hostings.workspace(shell), Hostings.environment(shell, Optional.empty()));
    }

    private static DatabaseAddress given(Shell shell, String address) {
        var password = shell.surroundings().environment().getOrDefault("TANDEM_PASSWORD", "");
        try {
            return GivenDatabase.read(address, password);
        } catch (EnvironmentException e) {
            throw new CommandException(Exit.USAGE, Reason.of(e), e);
        }
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
                .put("hint", finding.hint())
                .put("mend", finding.hint())); // Deprecated alias of "hint"; removed in 0.3.
        shell.answer(document);
    }
}
