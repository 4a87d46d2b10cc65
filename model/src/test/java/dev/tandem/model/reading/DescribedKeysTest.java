package dev.tandem.model.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Pipeline;
import dev.tandem.model.Problem;
import dev.tandem.model.keys.AttachKeys;
import dev.tandem.model.keys.DefinitionKeys;
import dev.tandem.model.keys.Key;
import dev.tandem.model.keys.Section;
import dev.tandem.model.keys.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.json.JsonMapper;

/** What is said of a key is what the reader does. */
class DescribedKeysTest {
    /** Sections that are read where they are used. */
    private static final List<Section> ELSEWHERE =
            List.of(DefinitionKeys.PROFILE, AttachKeys.ATTACHED, AttachKeys.FOREIGN);

    /** No key may hold this, of whatever type it is. */
    private static final Object NEVER = List.of(List.of(Map.of("zz zz", List.of())));

    /** A key where a definition has it: {@code change} gives the text of that definition with other values in that mapping. */
    record Place(String shown, Section section, Key key, Object root, Map<String, Object> mapping) {
        String with(Object value) {
            return changed(() -> mapping.put(key.name(), value));
        }

        String without() {
            return changed(() -> mapping.remove(key.name()));
        }

        private String changed(Runnable change) {
            var before = new LinkedHashMap<>(mapping);
            change.run();
            var text = new JsonMapper().writeValueAsString(root);
            mapping.clear();
            mapping.putAll(before);
            return text;
        }

        @Override
        public String toString() {
            return shown;
        }
    }

    static Stream<Place> places() {
        return Stream.concat(
                        Stream.of(Definitions.SOUND, Definitions.FILES),
                        Stream.concat(Definitions.examples().stream(), Definitions.rare().stream())
                                .map(Definitions::text))
                .flatMap(text -> {
                    var root = parsed(text);
                    var found = new ArrayList<Place>();
                    collect(DefinitionKeys.ALL, root, root, found);
                    return found.stream();
                });
    }

    static Stream<Place> written() {
        return places().filter(place -> place.mapping().containsKey(place.key().name()));
    }

    static Stream<Place> read() {
        return written().filter(place -> !place.key().name().equals("attach"));
    }

    static Stream<Place> withDefaults() {
        return places().filter(place -> place.key().hasDefault());
    }

    static Stream<Place> required() {
        return written().filter(place -> place.key().isRequired());
    }

    @Test
    void everyKeyIsWrittenInADefinitionOfTheTests() {
        var seen = new HashSet<String>();
        written()
                .forEach(place ->
                        seen.add(place.section().name() + "." + place.key().name()));
        assertThat(DefinitionKeys.ALL.reachable().stream()
                        .filter(section -> !ELSEWHERE.contains(section))
                        .flatMap(section -> section.names().stream().map(key -> section.name() + "." + key))
                        .filter(key -> !seen.contains(key)))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("read")
    void everyKeyIsRead(Place place) {
        assertThat(Definitions.problemsOf(place.with(NEVER))).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("required")
    void aRequiredKeyIsAskedFor(Place place) {
        assertThat(Definitions.problemsOf(place.without())).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("withDefaults")
    void aKeyThatIsLeftOutHasItsDefault(Place place) {
        var withDefault = place.with(parsed(place.key().absence().words()));
        var problems = whats(withDefault);
        if (problems.isEmpty()) {
            assertThat(read(place.without())).isEqualTo(read(withDefault));
        } else if (place.mapping().containsKey(place.key().name())) {
            assertThat(whats(place.without())).isEqualTo(problems);
        }
    }

    private static List<String> whats(String text) {
        return Definitions.problemsOf(text).stream().map(Problem::what).toList();
    }

    /** All but its hash and places, which tell the texts apart; Z is UTC. */
    private static String read(String text) {
        Pipeline pipeline = DefinitionReader.parse(text, "d.yaml");
        return pipeline.toString()
                .replace(pipeline.hash(), "")
                .replaceAll("place=\\d+:\\d+", "")
                .replace("zone=Z", "zone=UTC")
                .replaceAll("(?s)meaning=.*", "");
    }

    private static Object parsed(String yaml) {
        return new Load(LoadSettings.builder().setSchema(new CoreSchema()).build()).loadFromString(yaml);
    }

    private static void collect(Section section, Object node, Object root, List<Place> places) {
        if (ELSEWHERE.contains(section) || !(node instanceof Map<?, ?> map)) {
            return;
        }
        @SuppressWarnings("unchecked")
        var mapping = (Map<String, Object>) map;
        for (var key : section.keys()) {
            var shown = "%s.%s of %s".formatted(section.name(), key.name(), ((Map<?, ?>) root).get("pipeline"));
            places.add(new Place(shown, section, key, root, mapping));
            if (mapping.containsKey(key.name())) {
                within(key.value(), mapping.get(key.name()), root, places);
            }
        }
    }

    private static void within(Value value, Object node, Object root, List<Place> places) {
        if (node instanceof List<?> elements) {
            elements.forEach(element -> within(value, element, root, places));
            return;
        }
        if (!(node instanceof Map<?, ?> map) || value.nested().isEmpty()) {
            return;
        }
        if (value.nested().get(0).depth() == 0) {
            value.nested().stream()
                    .filter(it -> it.sign().isEmpty() || map.containsKey(it.sign()))
                    .findFirst()
                    .ifPresent(it -> collect(it.section(), map, root, places));
            return;
        }
        map.values().forEach(inner -> within(inside(value), inner, root, places));
    }

    /** What stands under each name of a mapping from names to {@code value}. */
    private static Value inside(Value value) {
        var nested = value.nested().stream()
                .map(it -> new Value.Nested(it.sign(), it.section(), it.depth() - 1))
                .toList();
        return new Value(value.label(), value.schema(), nested, value.words());
    }
}
