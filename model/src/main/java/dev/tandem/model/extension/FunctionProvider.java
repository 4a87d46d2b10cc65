package dev.tandem.model.extension;

import dev.tandem.model.FieldType;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function that expressions may call. Its result is a function of its arguments alone: stream, batch and recount each compute it,
 * perhaps in several threads and on several machines, and must find the same. Serializable, because it travels to executors.
 */
public interface FunctionProvider extends Provider, Serializable {
    List<FieldType> arguments();

    FieldType result();

    /**
     * The result for {@code arguments}: Long, Double, BigDecimal, Boolean, Instant, LocalDate, String, List or null. Null is what a
     * function gives that has no answer; what it throws puts the record into quarantine as {@code expression_failed}.
     */
    @Nullable
    Object call(List<@Nullable Object> arguments);
}
