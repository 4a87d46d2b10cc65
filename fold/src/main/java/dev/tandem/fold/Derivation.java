package dev.tandem.fold;

import dev.tandem.model.Window.Span;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a view computes from a row after its measures are known. Only the engine can evaluate it; the fold asks wherever a row is
 * made, so that both modes ask alike. May be called from several threads.
 */
public interface Derivation extends Serializable {
    /** All values of the row, measures first, then derived ones; empty if the view's {@code having} leaves the row out. */
    Optional<List<@Nullable Object>> of(Span window, List<@Nullable Object> key, List<@Nullable Object> measures);
}
