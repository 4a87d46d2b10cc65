package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.app.doctor.Finding;
import dev.tandem.app.doctor.RunChecks;
import dev.tandem.app.doctor.ServiceChecks;
import dev.tandem.app.doctor.ServiceChecks.Past;
import dev.tandem.feed.Pace;
import dev.tandem.feed.Topics;
import dev.tandem.model.KafkaAddress;
import dev.tandem.model.Mode;
import dev.tandem.model.Pipeline;
import dev.tandem.store.DatabaseAddress;
import dev.tandem.store.Runs;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The doctor names each trouble that the first reference system lists, with its hint, on real servers. */
@ExtendWith(Bench.Giver.class)
class DoctorTest {
    private static final String NOBODY = "127.0.0.1:1";

    private static Pipeline pipeline;
    private static Services services;

    @BeforeAll
    static void take(Bench bench) {
        var stage = bench.stage("_doctor");
        stage.generate(10, new Pace.Unpaced());
        stage.job();
        pipeline = Stage.definition(bench.workspace(), "_doctor", text -> text);
        services = Services.running(bench.workspace(), pipeline);
    }

    private static List<Finding> failures(List<Finding> findings) {
        return findings.stream().filter(it -> it.level() == Finding.Level.FAIL).toList();
    }

    private static ServiceChecks.Topic read(String topic, Past past) {
        return new ServiceChecks.Topic("tweets", topic, past);
    }

    private static DatabaseAddress.Server server() {
        return ((DatabaseAddress.MySql) services.database("mysql")).server();
    }

    @Test
    void S0_19_namesABrokerThatDoesNotAnswer() throws InterruptedException {
        assertThat(failures(ServiceChecks.kafka(KafkaAddress.plain(NOBODY), List.of(read("raw_feed", Past.RAN)))))
                .first()
                .satisfies(it -> assertThat(it.told()).contains(NOBODY, "up"));
    }

    @Test
    void S0_19_namesATopicThatIsMissing() throws InterruptedException {
        assertThat(failures(ServiceChecks.kafka(services.kafka(), List.of(read("no_such_topic", Past.RAN)))))
                .singleElement()
                .satisfies(it -> assertThat(it.told()).contains("no_such_topic"));
    }

    @Test
    void missesNoTopicOfAPipelineThatWasNeverUp() throws InterruptedException {
        var findings = ServiceChecks.kafka(services.kafka(), List.of(read("no_such_topic", Past.NEVER_RAN)));
        assertThat(findings).last().satisfies(it -> {
            assertThat(it.level()).isEqualTo(Finding.Level.LOOK);
            assertThat(it.hint()).isEqualTo("'./tandem up tweets' makes it");
        });
    }

    @Test
    void S4_13_namesATopicWithoutData() throws InterruptedException {
        try (var topics = new Topics(services.bootstrap())) {
            topics.ensure("nothing_here", 1);
        }
        var findings = ServiceChecks.kafka(services.kafka(), List.of(read("nothing_here", Past.RAN)));
        assertThat(findings)
                .last()
                .satisfies(it -> assertThat(it.told()).contains("is empty", "./tandem generate tweets"));
    }

    @Test
    void S0_19_namesADatabaseThatDoesNotAnswer() {
        var nobody = new DatabaseAddress.Server("127.0.0.1", 1, server().database(), server().login());
        assertThat(ServiceChecks.database(new DatabaseAddress.MySql(nobody)).told())
                .contains("does not answer", "check that the database runs");
    }

    @Test
    void S0_19_namesAWrongPassword() {
        var login = new DatabaseAddress.Login(server().login().user(), "wrong");
        var wrong = new DatabaseAddress.Server("127.0.0.1", server().port(), server().database(), login);
        assertThat(ServiceChecks.database(new DatabaseAddress.MySql(wrong)).told())
                .contains("refuses the user or the password");
    }

    @Test
    void S0_19_namesASparkJobThatFailed() {
        var database = services.database("mysql");
        var runs = new Runs(database);
        var now = Instant.parse("2026-11-20T12:00:00Z");
        var id = "failed-" + System.nanoTime();
        runs.start(new Runs.Start(id, "failing", Mode.STREAM, "hash", Optional.empty(), now));
        runs.finish(id, new Runs.End(now, "failed: the disk is full", Optional.empty(), "{}"));
        assertThat(failures(new RunChecks(database, Path.of("tandem.log")).of("failing")))
                .singleElement()
                .satisfies(it -> assertThat(it.told()).contains("the disk is full", "runs it again"));
    }
}
