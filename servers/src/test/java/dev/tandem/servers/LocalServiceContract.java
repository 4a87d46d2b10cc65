package dev.tandem.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every local server promises. A new kind extends this and adds only what it alone does. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LocalServiceContract {
    private final Kind kind;
    private final Room standingRoom;
    private Room room;
    private Optional<LocalService> standing = Optional.empty();

    LocalServiceContract(Kind kind) {
        this.kind = kind;
        this.standingRoom = Room.fresh();
        this.room = standingRoom;
    }

    abstract void put(LocalService service, String value) throws Exception;

    abstract Iterable<String> values(LocalService service) throws Exception;

    @BeforeAll
    void startStanding() {
        standing = Optional.of(Holder.start(kind, standingRoom.places(), Lifetime.WITH_THIS_JVM));
    }

    @AfterAll
    void stopStanding() throws IOException {
        standing.ifPresent(LocalService::close);
        standingRoom.close();
    }

    @BeforeEach
    void openRoom() {
        room = Room.fresh();
    }

    @AfterEach
    void closeRoom() throws IOException {
        room.close();
    }

    /** One server for all tests that only look. */
    LocalService standing() {
        return standing.orElseThrow();
    }

    /** Another place for each test that starts its own. */
    Room room() {
        return room;
    }

    LocalService start(Lifetime lifetime) {
        return Holder.start(kind, room.places(), lifetime);
    }

    @Test
    void keepsItsDataOverCloseAndReopen() throws Exception {
        long first;
        try (var service = start(Lifetime.WITH_THIS_JVM)) {
            first = service.pid();
            put(service, "one");
        }
        assertThat(room.hasProcess(first)).isFalse();
        try (var service = start(Lifetime.WITH_THIS_JVM)) {
            put(service, "two");
            assertThat(values(service)).containsExactly("one", "two");
        }
    }

    @Test
    void closingTwiceIsFineEvenWhenInterrupted() {
        var service = start(Lifetime.WITH_THIS_JVM);
        assertThat(service.isRunning()).isTrue();
        Thread.currentThread().interrupt();
        service.close();
        service.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(service.isRunning()).isFalse();
        assertThat(room.directory(kind).record()).isEmpty();
    }

    @Test
    void keepsItsDataAndSecretsToItself() throws IOException {
        var directory = standing().directory();
        assertThat(mode(directory.resolve("data"))).isEqualTo("rwx------");
        assertThat(mode(directory)).matches("rwx--[-x]--[-x]");
        try (var files = Files.list(directory)) {
            assertThat(files.filter(Files::isRegularFile).filter(file -> !file.endsWith("lock")))
                    .allSatisfy(file -> assertThat(mode(file)).as("%s", file).isEqualTo("rw-------"));
        }
    }

    @Test
    void refusesASecondStartWhileItRuns() {
        assertThatThrownBy(() -> Holder.start(kind, standingRoom.places(), Lifetime.WITH_THIS_JVM))
                .isInstanceOf(LocalServiceException.class)
                .hasMessage(
                        "Cannot start %s: it is already running in %s, started by a Tandem that is still there; wait for that one to end, or choose another home",
                        standing().name(), standing().directory());
    }

    @Test
    void endsWhenItsJvmIsKilled() throws Exception {
        try (var holder = Holder.of(kind, room, Lifetime.WITH_THIS_JVM)) {
            assertThat(room.hasProcess(holder.server())).isTrue();
            holder.kill();
            await().atMost(Duration.ofSeconds(20)).until(() -> !room.hasProcess(holder.server()));
        }
        try (var service = start(Lifetime.WITH_THIS_JVM)) {
            put(service, "after the crash");
            assertThat(values(service)).containsExactly("after the crash");
        }
    }

    @Test
    void outlivesItsJvmWhenDetachedUntilStopped() throws Exception {
        try (var holder = Holder.of(kind, room, Lifetime.UNTIL_STOPPED)) {
            holder.kill();
            var found = LocalServices.attach(room.places().home());
            assertThat(found)
                    .singleElement()
                    .satisfies(service -> assertThat(service.pid()).isEqualTo(holder.server()));
            put(found.get(0), "one");
            found.get(0).close();
            assertThat(values(found.get(0))).containsExactly("one");
            assertThatThrownBy(() -> start(Lifetime.WITH_THIS_JVM))
                    .hasMessageEndingWith("attach to it, or stop it first");
            found.get(0).stop();
            assertThat(room.hasProcess(holder.server())).isFalse();
            assertThat(LocalServices.attach(room.places().home())).isEmpty();
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
