package dev.tandem.segments;

import dev.tandem.fold.NamedFile;

/** A file that the ledger names and that is missing or is not what the ledger says. */
public record Fault(NamedFile file, String what) {
    /** What is wrong and what to do. */
    public String told() {
        return "Cannot read %s of the landed log: %s; put the file back from a backup, or name the folder that has it under 'land'"
                .formatted(file.name(), what);
    }
}
