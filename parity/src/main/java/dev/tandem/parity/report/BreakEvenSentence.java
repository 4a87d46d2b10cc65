package dev.tandem.parity.report;

import dev.tandem.parity.Report;

/** Whether a batch would do, in a sentence or two, with what they rest on. */
final class BreakEvenSentence {
    private BreakEvenSentence() {}

    static String of(Report.BreakEven it) {
        return "At %s, a batch every %s that counts what is new would use %s of the stream's processor time, and its numbers would be up to %s old instead of %s. %s"
                .formatted(
                        Figures.perSecond(it.eventsPerSecond()).replace(" /s", " events a second"),
                        Figures.milliseconds((double) it.interval().toMillis()),
                        share(it.cpuShare()),
                        Figures.milliseconds(it.oldestSeconds() * 1_000),
                        Figures.milliseconds(it.streamSeconds() * 1_000),
                        wholeLog(it));
    }

    private static String share(double share) {
        return share >= 1.05 ? Figures.decimals(share, 1) + " times" : Figures.decimals(100 * share, 0) + " %";
    }

    private static String wholeLog(Report.BreakEven it) {
        return it.runsUntilDearer() == 0
                ? "If each run counts the whole log again, it is dearer than the stream from the first run on."
                : "If each run counts the whole log again, it is dearer than the stream after %s."
                        .formatted(Figures.count(it.runsUntilDearer(), "run"));
    }
}
