package dev.tandem.app.doctor;

import dev.tandem.app.doctor.Finding.Level;
import dev.tandem.model.KafkaAddress;
import dev.tandem.store.DatabaseAddress;
import dev.tandem.store.StoreException;
import java.time.Duration;
import java.util.List;

/** Waits for servers that others run: in a compose file they start at the same time as we do, and need longer. */
public final class Readiness {
    private static final long PAUSE_MILLIS = 500;

    private Readiness() {}

    /** What the broker at {@code address} answers, or why it did not within about {@code patience}. */
    public static Finding kafka(KafkaAddress address, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        var finding = ServiceChecks.kafka(address, List.of()).get(0);
        while (finding.level() != Level.PASS && System.nanoTime() < deadline) {
            Thread.sleep(PAUSE_MILLIS);
            finding = ServiceChecks.kafka(address, List.of()).get(0);
        }
        return finding;
    }

    /** The same for a database. A refused login ends the wait at once: waiting longer would not help. */
    public static Finding database(DatabaseAddress address, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try (var connection = address.open()) {
                return ServiceChecks.answers(address, connection);
            } catch (StoreException e) {
                if (ServiceChecks.refusesLogin(e) || System.nanoTime() >= deadline) {
                    return ServiceChecks.refused(address, e);
                }
            } catch (java.sql.SQLException e) {
                return ServiceChecks.odd(address, e);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
