package dev.tandem.app;

import dev.tandem.app.doctor.Finding;
import dev.tandem.app.doctor.Finding.Level;
import dev.tandem.app.page.ServedPipeline;
import dev.tandem.app.run.Whereabouts;
import dev.tandem.model.DefinitionException;
import dev.tandem.model.Reason;
import dev.tandem.model.reading.DefinitionReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every pipeline that can be shown, and what keeps the others from it. */
record ServedPipelines(List<ServedPipeline> served, List<Finding> findings) {
    /** As it is defined, and as each of its profiles changes it that is {@code profile} or has run. */
    static ServedPipelines read(Shell shell, Optional<String> profile) {
        var served = new ArrayList<ServedPipeline>();
        var findings = new ArrayList<Finding>();
        for (var found : shell.pipelines().all().entrySet()) {
            var file = found.getValue();
            try {
                var plain = served(shell, found.getKey(), file, Optional.empty());
                served.add(plain);
                DefinitionReader.profiles(file.file(), file.shown()).stream()
                        .map(it -> served(shell, found.getKey(), file, Optional.of(it)))
                        .filter(it -> isChosen(it, plain, profile) || Whereabouts.hasRun(it.hosting(), it.pipeline()))
                        .forEach(served::add);
            } catch (DefinitionException e) {
                findings.add(new Finding(
                        Level.FAIL,
                        "definition",
                        "%s has %d problem(s)"
                                .formatted(file.shown(), e.problems().size()),
                        "./tandem check " + file.shown()));
            }
        }
        var valid = "%d valid".formatted(served.size());
        findings.add(0, new Finding(Level.PASS, "definitions", valid, ""));
        return new ServedPipelines(List.copyOf(served), List.copyOf(findings));
    }

    private static boolean isChosen(ServedPipeline changed, ServedPipeline plain, Optional<String> profile) {
        return profile.map(it -> plain.pipeline().name() + "_" + it)
                .filter(changed.pipeline().name()::equals)
                .isPresent();
    }

    private static ServedPipeline served(Shell shell, String name, Pipelines.Found file, Optional<String> profile) {
        return new ServedPipeline(file.read(profile), text(file), Hostings.of(shell, name));
    }

    private static String text(Pipelines.Found found) {
        try {
            return Files.readString(found.file());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read %s: %s".formatted(found.shown(), Reason.of(e)), e);
        }
    }
}
