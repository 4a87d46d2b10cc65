package dev.tandem.model.extension;

import dev.tandem.model.FieldType;
import dev.tandem.model.Mode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A kind of output. */
public interface SinkProvider extends Provider {
    /** The keys that {@code with} may have. */
    Set<String> settings();

    /**
     * Opens the output for one run. What is thrown ends the run before it has read anything; its message is what a person sees.
     */
    RowSink open(Opening opening) throws Exception;

    /** A column of what is written. */
    record Column(String name, FieldType type) {}

    /**
     * What a sink may need to know.
     *
     * @param run names the run: a stream has one name from start to start, a batch another one for each run
     * @param output the name of the view, of the branch, or {@code events} or {@code quarantine}
     * @param keys how many columns from the first on identify a view's row, window bounds included; 0 for records
     * @param home the state folder, in which relative paths of a definition are
     * @param settings what the definition says in {@code with}; {@code ${mode}} has become {@code stream} or {@code batch}
     */
    record Opening(
            String pipeline,
            Mode mode,
            String run,
            String output,
            List<Column> columns,
            int keys,
            Path home,
            Map<String, String> settings) {
        public Opening {
            columns = List.copyOf(columns);
            settings = Map.copyOf(settings);
        }
    }
}
