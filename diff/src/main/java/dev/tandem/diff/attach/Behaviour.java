package dev.tandem.diff.attach;

/** A way in which a job may have worked, but for the delay of its watermark. */
public record Behaviour(Clock clock, Lateness lateness, Duplicates duplicates, Emission emission) {
    /** When a row is written. */
    public enum Emission {
        UPDATE("rows are there from their first record on"),
        /** As Spark's append mode, and windows of Flink. */
        CLOSED("rows are there when their window has closed");

        private final String words;

        Emission(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }
}
