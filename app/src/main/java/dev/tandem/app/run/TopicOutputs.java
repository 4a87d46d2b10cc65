package dev.tandem.app.run;

import dev.tandem.engine.Compiled;
import dev.tandem.engine.RowOutput;
import dev.tandem.engine.TopicOutput;
import dev.tandem.model.Mode;
import java.util.List;

/** The topics that one mode writes its rows to. */
final class TopicOutputs {
    private TopicOutputs() {}

    /** To be closed by the caller; a definition that names no mode means both. */
    static List<RowOutput> of(Compiled compiled, Mode mode, String bootstrap) {
        return compiled.pipeline().topics().stream()
                .filter(output -> output.only().orElse(mode) == mode)
                .map(output -> (RowOutput) new TopicOutput(
                        bootstrap,
                        output.topic(),
                        compiled.shapes().stream()
                                .filter(shape -> shape.name().equals(output.view()))
                                .findFirst()
                                .orElseThrow()))
                .toList();
    }
}
