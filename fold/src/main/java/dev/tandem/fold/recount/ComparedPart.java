package dev.tandem.fold.recount;

import dev.tandem.fold.ResultRow;
import dev.tandem.fold.recount.Recount.Deviants;
import dev.tandem.fold.recount.Recount.Deviation;
import dev.tandem.model.Window.Span;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of a comparison, with all that is to be held against each other: what both modes stored, and what they must have stored
 * by the recount.
 */
public record ComparedPart(
        List<ResultRow> stream,
        List<ResultRow> batch,
        List<ResultRow> expectedStream,
        List<ResultRow> expectedBatch,
        Reasons reasons) {
    /** Why a row of a grouped view differs between the modes; empty if no record deviates. */
    public interface Reasons {
        Map<Deviation, Deviants> of(String view, Span window, List<@Nullable Object> key);
    }
}
