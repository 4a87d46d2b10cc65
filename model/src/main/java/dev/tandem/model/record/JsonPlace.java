package dev.tandem.model.record;

import dev.tandem.model.PathStep;
import dev.tandem.model.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * A place within a record that a schema reads, or through which it reaches others: the record's object itself, a member of an
 * object, or an element of a list.
 */
final class JsonPlace {
    private final List<PathStep> path;
    private final Map<String, JsonPlace> members = new LinkedHashMap<>();
    private final Map<Integer, JsonPlace> elements = new TreeMap<>();
    private OptionalInt field = OptionalInt.empty();

    private JsonPlace(List<PathStep> path) {
        this.path = path;
    }

    /** The record's object; of two fields at one place the last is meant. */
    static JsonPlace of(Schema schema) {
        var root = new JsonPlace(List.of());
        for (int position = 0; position < schema.fields().size(); position++) {
            var field = schema.fields().get(position);
            if (!field.inRecord()) {
                throw new IllegalArgumentException("Cannot read '%s' from the bytes of a record: it comes from %s"
                        .formatted(field.name(), field.origin().sql()));
            }
            var place = root;
            for (var step : field.origin().path()) {
                place = place.at(step);
            }
            place.field = OptionalInt.of(position);
        }
        return root;
    }

    private JsonPlace at(PathStep step) {
        var behind = new ArrayList<>(path);
        behind.add(step);
        return step instanceof PathStep.Member member
                ? members.computeIfAbsent(member.name(), name -> new JsonPlace(behind))
                : elements.computeIfAbsent(((PathStep.Element) step).index(), index -> new JsonPlace(behind));
    }

    /** The position of the field that is read here. */
    OptionalInt field() {
        return field;
    }

    Map<String, JsonPlace> members() {
        return Collections.unmodifiableMap(members);
    }

    /** By index, in ascending order. */
    Map<Integer, JsonPlace> elements() {
        return Collections.unmodifiableMap(elements);
    }

    /** Whether something is read within the value here. */
    boolean isEntered() {
        return !members.isEmpty() || !elements.isEmpty();
    }

    /** As a definition writes it. */
    String told() {
        return PathStep.text(path);
    }
}
