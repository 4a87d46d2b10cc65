package dev.tandem.files;

import dev.tandem.model.Source.OnBadFile;
import dev.tandem.model.Source.Order;

/** How files become records: their format, their order, and what to do with a file that cannot be read. */
public record Intake(RecordForm form, Order order, OnBadFile onBadFile) {
    /** Files in order of names; one that cannot be read ends the run. */
    public static Intake of(RecordForm form) {
        return new Intake(form, Order.NAME, OnBadFile.STOP);
    }
}
