package dev.tandem.app.run;

import dev.tandem.engine.EngineException;
import dev.tandem.model.KafkaAddress;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Reason;
import dev.tandem.store.DatabaseAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks servers whether they are there and let us in, in less than the time in which Spark starts. */
record Reachability(Services services) {
    private static final int PATIENCE_MILLIS = 1_500;

    /** Throws what is wrong with the first server of {@code pipeline} that does not answer. */
    void require(Pipeline pipeline) {
        pipeline.databases().stream()
                .filter(name -> ServiceRole.of(name).isPresent())
                .map(services::database)
                .forEach(DatabaseAddress::requireAnswer);
        services.broker().map(KafkaAddress::bootstrap).ifPresent(Reachability::requireBroker);
    }

    /** One broker of the list is enough: it knows the others. */
    private static void requireBroker(String bootstrap) {
        List<String> failures = new ArrayList<>();
        for (var address : bootstrap.split(",")) {
            var failure = failure(address.strip());
            if (failure.isEmpty()) {
                return;
            }
            failures.add(failure.get());
        }
        throw new EngineException(
                "Cannot reach Kafka: %s; check that it runs, and the address in KAFKA_BOOTSTRAP_SERVERS, with ./tandem doctor"
                        .formatted(String.join("; ", failures)));
    }

    private static Optional<String> failure(String address) {
        int colon = address.lastIndexOf(':');
        if (colon < 1 || !address.substring(colon + 1).matches("\\d{1,5}")) {
            return Optional.of("'%s' is no address of a broker, write host:port".formatted(address));
        }
        var host = address.substring(0, colon).replaceAll("^.*://|[\\[\\]]", "");
        try (var socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(host, Integer.parseInt(address.substring(colon + 1))), PATIENCE_MILLIS);
            return Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.of("%s: there is no such host".formatted(address));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.of("%s: %s".formatted(address, Reason.of(e)));
        }
    }
}
