package dev.tandem.engine.landed;

import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.expression.Types;
import dev.tandem.engine.landed.TraitSearch.FirstOf;
import dev.tandem.fold.Lateness;
import dev.tandem.model.Schema;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.types.DataType;

/**
 * What a task needs to count traits.
 *
 * @param files in the order of their positions; none for a topic
 * @param names of the schema's fields
 */
record TraitTask(Lateness lateness, List<FirstOf> files, List<String> names, List<DataType> types)
        implements Serializable {
    static TraitTask of(Compiled compiled, Lateness lateness, List<FirstOf> files) {
        var fields = compiled.pipeline().schema().landed().fields();
        return new TraitTask(
                lateness,
                List.copyOf(files),
                fields.stream()
                        .map(Schema.Field::name)
                        .map(TraitTask::traitName)
                        .toList(),
                fields.stream().map(it -> Types.ofField(it.type())).toList());
    }

    private static String traitName(String field) {
        return field.equals(TraitSearch.PARTITION) || field.equals(TraitSearch.FILE) ? "field " + field : field;
    }

    /** The number of the file that holds {@code position}. */
    int file(long position) {
        int low = 0;
        for (int high = files.size() - 1; low < high; ) {
            int middle = (low + high + 1) >>> 1;
            if (files.get(middle).position() <= position) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}
