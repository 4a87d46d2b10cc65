package dev.tandem.engine.stage;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkContext;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** The executor of each partition of state, as Spark writes locations. */
public record Places(List<String> keys, List<String> groups) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Spreads {@code parts} partitions of either kind evenly over {@code executors}. */
    static Places over(List<String> executors, int parts) {
        var places = IntStream.range(0, parts)
                .mapToObj(part -> executors.isEmpty() ? "" : executors.get(part % executors.size()))
                .toList();
        return new Places(places, places);
    }

    /** The executors in other processes that are alive, as Spark writes locations. */
    public static List<String> executors(SparkContext context) {
        var manager = context.env().blockManager();
        return CollectionConverters.asJava(manager.master().getPeers(manager.blockManagerId())).stream()
                .map(it -> "executor_%s_%s".formatted(it.host(), it.executorId()))
                .sorted()
                .toList();
    }

    int parts() {
        return keys.size();
    }

    List<String> of(StateKind kind) {
        return switch (kind) {
            case KEYS -> keys;
            case GROUPS -> groups;
        };
    }

    /** For Spark's scheduler. */
    Seq<String> preferred(StateKind kind, int part) {
        var place = of(kind).get(part);
        return CollectionConverters.asScala(place.isEmpty() ? List.<String>of() : List.of(place))
                .toSeq();
    }
}
