package dev.tandem.engine.landed;

import static org.apache.spark.sql.functions.expr;

import dev.tandem.engine.EngineException;
import dev.tandem.engine.definition.Chain;
import dev.tandem.engine.definition.Compiled;
import dev.tandem.engine.definition.Expressions;
import dev.tandem.engine.definition.ParsedRows;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.fold.EndOffsets;
import dev.tandem.fold.Landed;
import dev.tandem.fold.LandedLog;
import dev.tandem.model.Format;
import dev.tandem.model.Schema;
import java.io.Serializable;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.SparkRuntimeException;

/** Finds landed records by a condition over their fields as they were parsed, in the language of definitions. */
public final class ConditionSearch {
    private final SparkRuntime spark;
    private final Compiled compiled;
    private final LandedLog log;

    public ConditionSearch(SparkRuntime spark, Compiled compiled, LandedLog log) {
        this.spark = spark;
        this.compiled = compiled;
        this.log = log;
    }

    /** The first records up to {@code cut}, at most {@code most}, for which {@code condition} is true. */
    public List<Landed> first(EndOffsets cut, String condition, int most) {
        var problems = Expressions.checkCondition(compiled.pipeline(), condition);
        if (!problems.isEmpty()) {
            throw new EngineException("Cannot search for '%s': %s"
                    .formatted(
                            condition,
                            problems.stream()
                                    .map(it -> it.what() + "; " + it.hint())
                                    .collect(Collectors.joining("; "))));
        }
        var steps = compiled.parsed();
        steps.begin(compiled.pipeline().schema());
        var chain = new Chain(Chain.projections(steps.rows().select(expr(condition))));
        var pipeline = compiled.pipeline();
        var task = new Task(pipeline.schema().landed(), pipeline.source().format(), chain, most);
        var found = new ArrayList<Landed>();
        new LogParts(spark, log, cut)
                .read(
                        landed -> {
                            if (found.size() < most) {
                                found.addAll(landed.mapPartitions(task::found).collect());
                            }
                            return List.of();
                        },
                        read -> {});
        return List.copyOf(found.subList(0, Math.min(most, found.size())));
    }

    /** What travels. */
    private record Task(Schema schema, Format format, Chain chain, int most) implements Serializable {
        Iterator<Landed> found(Iterator<Landed> records) {
            var parsing = new ParsedRows(schema, format);
            var running = chain.running();
            var found = new ArrayList<Landed>();
            while (found.size() < most && records.hasNext()) {
                var record = records.next();
                if (isTrue(parsing, running, record)) {
                    found.add(record);
                }
            }
            return found.iterator();
        }

        /** A record on which the condition fails is none that was looked for. */
        private static boolean isTrue(ParsedRows parsing, Chain.Running running, Landed record) {
            try {
                var row = running.apply(parsing.row(record));
                return !row.isNullAt(0) && row.getBoolean(0);
            } catch (SparkRuntimeException | ArithmeticException | DateTimeException | IllegalArgumentException e) {
                return false;
            }
        }
    }
}
