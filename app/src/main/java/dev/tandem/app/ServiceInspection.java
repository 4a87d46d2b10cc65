package dev.tandem.app;

import dev.tandem.app.doctor.Finding;
import dev.tandem.app.doctor.Finding.Level;
import dev.tandem.app.doctor.FolderChecks;
import dev.tandem.app.doctor.RegistryCheck;
import dev.tandem.app.doctor.RunChecks;
import dev.tandem.app.doctor.ServiceChecks;
import dev.tandem.app.doctor.ServiceChecks.Past;
import dev.tandem.app.environment.GivenAddress;
import dev.tandem.app.environment.GivenDatabase;
import dev.tandem.app.run.FolderReader;
import dev.tandem.app.run.Hosting;
import dev.tandem.app.run.Narrator;
import dev.tandem.app.run.RunNote;
import dev.tandem.app.run.Services;
import dev.tandem.app.run.StateNote;
import dev.tandem.app.run.Whereabouts;
import dev.tandem.model.Format;
import dev.tandem.model.KafkaAddress;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Source;
import dev.tandem.servers.Database;
import dev.tandem.servers.LocalService;
import dev.tandem.store.DatabaseAddress;
import dev.tandem.store.DatabaseKind;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The doctor's look at what pipelines stand on: which server plays each part, who runs it, and whether it answers. */
final class ServiceInspection {
    private static final String LOCAL = "local, of './tandem up'";

    /** Servers to try instead of those that a run would use. */
    record Addresses(Optional<String> kafka, Optional<DatabaseAddress> database) {
        boolean nothing() {
            return kafka.isEmpty() && database.isEmpty();
        }
    }

    private final Hosting hosting;
    private final List<Pipeline> pipelines;
    private final Addresses asked;
    private final List<LocalService> running;

    ServiceInspection(Hosting hosting, List<Pipeline> pipelines, Addresses asked) {
        this.hosting = hosting;
        this.pipelines = pipelines;
        this.asked = asked;
        this.running = Services.attached(hosting.workspace());
    }

    /** Variables that somebody set in vain. */
    List<Finding> environment() {
        return hosting.environment().unused().stream()
                .map(it -> new Finding(
                        Level.LOOK, "environment", it, "set the host too, or leave it to the server of this machine"))
                .toList();
    }

    List<Finding> broker() throws InterruptedException {
        var address = asked.kafka()
                .map(it -> new GivenAddress<>(hosting.environment().kafkaAt(it), "--kafka"))
                .or(() -> hosting.environment().kafka())
                .or(() -> running.stream()
                        .filter(service -> service.name().equals("kafka"))
                        .map(service -> new GivenAddress<>(KafkaAddress.plain(service.address()), LOCAL))
                        .findFirst());
        if (address.isEmpty()) {
            return List.of();
        }
        var findings = new ArrayList<>(ServiceChecks.kafka(address.get().address(), topics()));
        if (asked.kafka().isEmpty()) {
            findings.set(0, findings.get(0).from(address.get().from()));
        }
        return findings;
    }

    private List<ServiceChecks.Topic> topics() {
        return pipelines.stream()
                .flatMap(pipeline -> pipeline.source().asKafka().map(Source.Kafka::topics).orElse(List.of()).stream()
                        .map(topic -> new ServiceChecks.Topic(pipeline.name(), topic, past(pipeline))))
                .toList();
    }

    private Past past(Pipeline pipeline) {
        var home = hosting.workspace().home();
        boolean ran = Stream.of("checkpoints/%s", "latest/%s", "truth/%s.jsonl")
                .anyMatch(it -> Files.exists(home.resolve(it.formatted(pipeline.name()))));
        return ran ? Past.RAN : Past.NEVER_RAN;
    }

    /** The registry that has the schemas of Avro records, where a pipeline reads some. */
    List<Finding> registry() {
        return pipelines.stream()
                .filter(it -> it.source().format().kind() == Format.Kind.AVRO)
                .findFirst()
                .map(it -> hosting.environment()
                        .schemaRegistry()
                        .map(given -> RegistryCheck.of(
                                        given.address(), hosting.workspace().home())
                                .from(given.from()))
                        .orElseGet(() -> RegistryCheck.missing(it.name())))
                .stream()
                .toList();
    }

    /** The folders that pipelines read files from, and what is left out of them. */
    List<Finding> drops(Narrator narrator) {
        try (var look = new FolderReader(narrator)) {
            return pipelines.stream()
                    .flatMap(pipeline -> pipeline
                            .source()
                            .<List<Finding>>fold(
                                    kafka -> List.of(), files -> drop(pipeline, files, look), rows -> List.of())
                            .stream())
                    .toList();
        }
    }

    private List<Finding> drop(Pipeline pipeline, Source.Files files, FolderReader look) {
        var folder = FolderReader.folder(hosting, pipeline, files);
        var findings = new ArrayList<Finding>();
        findings.add(FolderChecks.of(pipeline.name(), files, folder));
        if (findings.get(0).level() == Level.PASS) {
            findings.addAll(FolderChecks.leftOut(pipeline.name(), folder, look.leftOut(hosting, pipeline, files)));
        }
        return findings;
    }

    List<Finding> databases() {
        if (asked.database().isPresent()) {
            return looked(new GivenAddress<>(asked.database().get(), "--database"));
        }
        var findings = new ArrayList<Finding>();
        for (var kind : List.of(DatabaseKind.MYSQL, DatabaseKind.POSTGRES)) {
            var given = hosting.environment().database(kind);
            if (given.isPresent() && using(kind).isEmpty()) {
                findings.add(new Finding(
                                Level.PASS,
                                kind.word(),
                                "%s is not tried: no pipeline here names it"
                                        .formatted(given.get().address().told()),
                                "")
                        .from(given.get().from()));
            } else {
                given.or(() -> local(kind)).ifPresent(it -> findings.addAll(looked(it)));
            }
        }
        return findings;
    }

    private Optional<GivenAddress<DatabaseAddress>> local(DatabaseKind kind) {
        return running.stream()
                .filter(Database.class::isInstance)
                .map(service -> GivenDatabase.of((Database) service))
                .filter(address -> address.kind() == kind)
                .map(address -> new GivenAddress<>(address, LOCAL))
                .findFirst();
    }

    private List<Finding> looked(GivenAddress<DatabaseAddress> given) {
        var finding = ServiceChecks.database(given.address());
        var findings = new ArrayList<Finding>();
        findings.add(asked.database().isPresent() ? finding : finding.from(given.from()));
        if (finding.level() == Level.PASS) {
            var log = hosting.workspace().home().resolve("logs").resolve("tandem.log");
            using(given.address().kind())
                    .forEach(pipeline -> findings.addAll(new RunChecks(given.address(), log).of(pipeline.name())));
        }
        return findings;
    }

    private List<Pipeline> using(DatabaseKind kind) {
        return pipelines.stream()
                .filter(pipeline -> pipeline.databases().stream().anyMatch(name -> DatabaseKind.of(name) == kind))
                .toList();
    }

    /** The executors that hold the state of running streams, or the driver where there is no cluster. */
    List<Finding> states() {
        return pipelines.stream()
                .map(Pipeline::name)
                .flatMap(name ->
                        StateInspection.of(
                                name,
                                StateNote.read(hosting.workspace().latest(name).stateNote(name)))
                                .stream())
                .toList();
    }

    /** Schedules of pipelines that have run here and that no process runs any more. */
    List<Finding> schedules() {
        return pipelines.stream()
                .filter(it -> it.batch().schedule().isPresent() && Whereabouts.hasRun(hosting, it))
                .filter(it -> RunNote.read(hosting.workspace(), it.name()).isEmpty())
                .map(it -> new Finding(
                        Level.LOOK,
                        "schedule of " + it.name(),
                        "its definition has times for the batch, and nobody runs it",
                        "'./tandem start %1$s' runs all of it, './tandem schedule %1$s' the batch alone"
                                .formatted(it.name())))
                .toList();
    }

    /** A pipeline that was never brought up lacks servers and is not ill. */
    List<Finding> missing() {
        if (!asked.nothing()) {
            return List.of();
        }
        if (running.isEmpty()
                && hosting.environment().kafka().isEmpty()
                && hosting.environment().databases().isEmpty()) {
            return List.of(new Finding(
                    Level.PASS,
                    "servers",
                    "none is running here; 'demo' starts its own, './tandem up' starts them to stay",
                    ""));
        }
        var findings = new ArrayList<Finding>();
        for (var pipeline : pipelines) {
            var missing = Services.missing(hosting, pipeline);
            if (!missing.isEmpty()) {
                findings.add(new Finding(
                        Level.LOOK,
                        "servers of " + pipeline.name(),
                        "%s not running here".formatted(String.join(", ", missing)),
                        "'./tandem up %s' starts what is missing".formatted(pipeline.name())));
            }
        }
        return findings;
    }
}
