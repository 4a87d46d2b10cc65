package dev.tandem.feed;

import dev.tandem.model.extension.Extensions;
import dev.tandem.model.extension.GeneratorProvider;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Every model of data. To add one that is built in: write its class, then its line here. Others come from extensions. */
public final class Generators {

    /**
     * A model of data.
     *
     * @param ownFaults the faults in content that its events know besides those of every event
     * @param settings the names that it can be told
     */
    private record Model(
            String name,
            FaultPlan faults,
            Set<Fault> ownFaults,
            List<String> settings,
            Function<Generation, Feed> making,
            Function<Generation, Map<String, Table>> tables) {}

    private static final List<Model> ALL = List.of(
            new Model("tweets", FaultPlan.usual(), Set.of(), List.of(), TweetGenerator::feed, Generators::noTables),
            new Model(
                    "orders",
                    Orders.USUAL,
                    Orders.OWN_FAULTS,
                    OrderSettings.NAMES,
                    OrdersFeed::new,
                    OrderDimensions::tables),
            new Model(
                    "ticker",
                    TickerGenerator.USUAL,
                    Set.of(),
                    TickerGenerator.SETTINGS,
                    TickerGenerator::feed,
                    Generators::noTables),
            new Model(
                    "clickstream",
                    FaultPlan.none(),
                    Set.of(),
                    ClickGenerator.SETTINGS,
                    ClickGenerator::feed,
                    Generators::noTables),
            new Model(
                    "shop_funnel",
                    FaultPlan.none(),
                    ShopGenerator.OWN_FAULTS,
                    ShopGenerator.SETTINGS,
                    ShopGenerator::feed,
                    ShopCatalogue::tables));

    private Generators() {}

    /** Those that are built in. */
    public static List<String> names() {
        return ALL.stream().map(Model::name).toList();
    }

    /** Those that are built in, and those that extensions bring. */
    public static List<String> all() {
        var brought = Extensions.current().of(GeneratorProvider.class).stream()
                .map(found -> found.provider().name());
        return Stream.concat(names().stream(), brought).toList();
    }

    /** The faults that a model has unless told otherwise. */
    public static FaultPlan usualFaults(String name) {
        return named(name).faults();
    }

    /** What a model can be told besides, such as {@code customers}. */
    public static List<String> settings(String name) {
        return named(name).settings();
    }

    public static Feed feed(Generation generation) {
        var model = named(generation.model());
        checkSettings(generation, model);
        for (var fault : generation.faults().content().keySet()) {
            if (!model.ownFaults().contains(fault)) {
                throw new IllegalArgumentException(
                        "Cannot inject %s into '%s': its events have no such fault; leave it out"
                                .formatted(fault.code(), model.name()));
            }
        }
        return model.making().apply(generation);
    }

    /** The tables that belong to a model by the names of their files, such as {@code customers.csv}; none for most. */
    public static Map<String, Table> tables(Generation generation) {
        var model = named(generation.model());
        checkSettings(generation, model);
        return model.tables().apply(generation);
    }

    private static void checkSettings(Generation generation, Model model) {
        for (var setting : generation.settings().keySet()) {
            if (!model.settings().contains(setting)) {
                throw new IllegalArgumentException("Cannot generate '%s': it has no setting '%s'; use one of %s"
                        .formatted(model.name(), setting, model.settings()));
            }
        }
    }

    private static Map<String, Table> noTables(Generation generation) {
        return Map.of();
    }

    private static Model named(String name) {
        return ALL.stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .or(() -> Extensions.current().generator(name).map(Generators::brought))
                .orElseThrow(() -> new IllegalArgumentException(
                        "Cannot generate '%s': there is no generator of that name; use one of %s"
                                .formatted(name, all())));
    }

    private static Model brought(GeneratorProvider provider) {
        return new Model(
                provider.name(),
                FaultPlan.none(),
                Set.of(),
                List.copyOf(provider.settings()),
                generation -> new GeneratedFeed(generation, ProvidedGenerator.of(provider, generation)),
                Generators::noTables);
    }
}
