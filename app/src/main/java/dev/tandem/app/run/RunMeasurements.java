package dev.tandem.app.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.engine.spark.RunCost;
import dev.tandem.parity.Report;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a run measured, as it is kept with the run so that a comparison in another process can tell it.
 *
 * @param dimensions the version of each that was joined with
 * @param latency only a stream has one; all zero for a batch
 * @param cost absent for a run of an older version
 */
record RunMeasurements(
        Report.Conservation conservation,
        Report.Throughput throughput,
        Report.Latency latency,
        Map<String, String> dimensions,
        Report.@Nullable Cost cost) {
    private static final ObjectMapper JSON =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    RunMeasurements {
        dimensions = new TreeMap<>(dimensions);
    }

    static Report.Cost cost(RunCost cost) {
        return new Report.Cost(
                cost.cpuSeconds(),
                cost.wallSeconds(),
                cost.records(),
                cost.movedBytes(),
                cost.peakHeapBytes(),
                cost.stateRows(),
                cost.stateBytes());
    }

    Optional<Report.Cost> knownCost() {
        return Optional.ofNullable(cost);
    }

    String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static RunMeasurements of(String json) {
        try {
            return JSON.readValue(json, RunMeasurements.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("Cannot read a run's measurements: " + e.getOriginalMessage(), e);
        }
    }
}
