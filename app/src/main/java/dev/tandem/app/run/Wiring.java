package dev.tandem.app.run;

import dev.tandem.app.lineage.Datasets;
import dev.tandem.app.lineage.Lineage;
import dev.tandem.model.KafkaAddress;
import dev.tandem.model.Mode;
import dev.tandem.model.Pipeline;
import dev.tandem.sink.Sinks;
import java.time.Clock;
import java.util.Optional;

/** What every run needs: the state folder, the servers, the clock, and a narrator. */
record Wiring(Workspace workspace, Services services, Clock clock, Narrator narrator) {
    RunLog batchLog(Pipeline pipeline) {
        return log(pipeline, pipeline.batch().log());
    }

    RunLog streamLog(Pipeline pipeline) {
        return log(pipeline, pipeline.stream().log());
    }

    /** Sends the events about the runs of {@code pipeline}. */
    Lineage lineage(Pipeline pipeline) {
        var datasets = new Datasets(
                pipeline, services.broker().map(KafkaAddress::bootstrap), services::database, workspace.home());
        return new Lineage(services.lineage(), datasets, clock, narrator::tell);
    }

    private RunLog log(Pipeline pipeline, Optional<String> file) {
        return RunLog.open(file.map(workspace::file), pipeline.name(), clock, narrator);
    }

    /** Where the outputs of a run go beside its database. */
    Sinks.Setting sinks(Pipeline pipeline, Mode mode, String runId) {
        return new Sinks.Setting(pipeline.name(), mode, workspace.home(), runId, services.broker(), clock, System.out);
    }
}
