package dev.tandem.app.page;

import dev.tandem.engine.EngineException;
import dev.tandem.model.Reason;
import dev.tandem.page.data.Unavailable;
import dev.tandem.servers.LocalServiceException;
import dev.tandem.store.StoreException;
import java.util.function.Supplier;

/** Translates errors while a table is read into answers for the web UI. */
final class Reading {
    private Reading() {}

    /**
     * What {@code reading} gives, or {@code nothing} where no run has made the table yet.
     *
     * @throws Unavailable with the reason and the hint if the database cannot be read now
     */
    static <T> T of(Supplier<T> reading, T nothing) {
        try {
            return reading.get();
        } catch (StoreException e) {
            if (e.tableMissing()) {
                return nothing;
            }
            throw new Unavailable(Reason.of(e), e);
        } catch (EngineException | LocalServiceException e) {
            throw new Unavailable(Reason.of(e), e);
        }
    }
}
