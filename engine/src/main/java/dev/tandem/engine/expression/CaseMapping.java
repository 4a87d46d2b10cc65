package dev.tandem.engine.expression;

import dev.tandem.model.Pipeline;
import dev.tandem.model.Step;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.util.CollationSupport;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Initialises Spark's case mapping ahead of its first use. Its class puts every code point into title case once per process, which
 * takes more than a second of one core; that second passes here while the definition is parsed and typed.
 */
public final class CaseMapping {
    private static final Pattern USE = Pattern.compile("(?i)\\b(lower|lcase|upper|ucase|initcap|ilike)\\b");

    private CaseMapping() {}

    /** Begins in the background if a step of {@code pipeline} maps the case of a text; whoever needs the class waits for it. */
    public static void initialiseFor(Pipeline pipeline) {
        if (pipeline.steps().stream().anyMatch(CaseMapping::isUsedBy)) {
            var unused = CompletableFuture.runAsync(() -> CollationSupport.Lower.execBinaryICU(UTF8String.EMPTY_UTF8));
        }
    }

    private static boolean isUsedBy(Step step) {
        return step.expressions().stream().anyMatch(it -> USE.matcher(it.text()).find());
    }
}
