package dev.tandem.page.data;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The machine, the findings of the doctor, running processes and versions. Contains no secrets. */
public record SystemFacts(
        Machine machine,
        List<Finding> findings,
        List<Service> services,
        Map<String, String> versions,
        Map<String, String> settings) {

    /** Now; {@code cpu} is the share of all cores that this process uses, 0 to 1. */
    public record Machine(
            double cpu, int cores, long heapUsed, long heapMax, long diskFree, long diskTotal, double upSeconds) {}

    /** One line of the doctor, and how to fix it. */
    public record Finding(Health health, String what, String found, Optional<String> hint) {}

    public record Service(String name, Health health, String address, String note) {}

    /** How something is. */
    public enum Health {
        FINE,
        ATTENTION,
        BROKEN
    }
}
