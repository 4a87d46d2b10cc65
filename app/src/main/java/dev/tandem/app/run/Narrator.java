package dev.tandem.app.run;

import java.util.OptionalLong;

/** Told what is going on, so that no screen is silent. Calls may come from any thread. */
public interface Narrator {
    /** Something has begun or is done, in a few words. */
    void tell(String text);

    /** Something long is at {@code done} of {@code total}. */
    void progress(String label, long done, OptionalLong total);
}
