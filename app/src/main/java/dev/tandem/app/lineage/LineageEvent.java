package dev.tandem.app.lineage;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One event as OpenLineage's specification describes it.
 *
 * @param run a UUID
 * @param failure why the run failed, if it did
 */
record LineageEvent(
        Transition type,
        Instant time,
        String run,
        Job job,
        List<Dataset> inputs,
        List<Dataset> outputs,
        Optional<String> failure) {
    enum Transition {
        START,
        COMPLETE,
        FAIL
    }

    /** A job, and whether it runs for ever or once. */
    record Job(String namespace, String name, Processing processing) {}

    enum Processing {
        STREAMING,
        BATCH
    }

    private static final String SPECIFICATION = "https://openlineage.io/spec/";
    private static final String EVENT = SPECIFICATION + "2-0-2/OpenLineage.json#/$defs/RunEvent";
    private static final String JOB_TYPE = SPECIFICATION + "facets/2-0-3/JobTypeJobFacet.json#/$defs/JobTypeJobFacet";
    private static final String ERROR =
            SPECIFICATION + "facets/1-0-1/ErrorMessageRunFacet.json#/$defs/ErrorMessageRunFacet";
    private static final String ASSERTIONS = SPECIFICATION
            + "facets/1-0-1/DataQualityAssertionsDatasetFacet.json#/$defs/DataQualityAssertionsDatasetFacet";

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** @param producer a URI that says who tells this */
    ObjectNode json(String producer) {
        var event = object();
        event.put("eventType", type.name()).put("eventTime", time.toString());
        var runNode = event.putObject("run").put("runId", run);
        failure.ifPresent(reason -> runNode.putObject("facets")
                .set(
                        "errorMessage",
                        facet(producer, ERROR).put("message", reason).put("programmingLanguage", "JAVA")));
        var jobNode = event.putObject("job").put("namespace", job.namespace()).put("name", job.name());
        jobNode.putObject("facets")
                .set(
                        "jobType",
                        facet(producer, JOB_TYPE)
                                .put("processingType", job.processing().name())
                                .put("integration", "TANDEM")
                                .put("jobType", "JOB"));
        inputs.forEach(input -> addInput(event.withArray("/inputs"), input, producer));
        outputs.forEach(output -> event.withArray("/outputs")
                .addObject()
                .put("namespace", output.namespace())
                .put("name", output.name()));
        return event.put("producer", producer).put("schemaURL", EVENT);
    }

    private static void addInput(ArrayNode into, Dataset input, String producer) {
        var node = into.addObject().put("namespace", input.namespace()).put("name", input.name());
        if (!input.assertions().isEmpty()) {
            var facet = facet(producer, ASSERTIONS);
            input.assertions()
                    .forEach(it -> facet.withArray("/assertions")
                            .addObject()
                            .put("assertion", it.assertion())
                            .put("success", it.success()));
            node.putObject("inputFacets").set("dataQualityAssertions", facet);
        }
    }

    private static ObjectNode facet(String producer, String schema) {
        return object().put("_producer", producer).put("_schemaURL", schema);
    }
}
