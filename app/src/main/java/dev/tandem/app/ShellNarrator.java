package dev.tandem.app;

import dev.tandem.app.run.Narrator;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/** Tells a running verb's progress on the error stream: a line for each event, a bar for what can be counted. */
final class ShellNarrator implements Narrator {
    private final Progress progress;
    private final Map<String, Progress.Bar> bars = new HashMap<>();

    ShellNarrator(Progress progress) {
        this.progress = progress;
    }

    @Override
    public synchronized void tell(String text) {
        progress.done(text);
    }

    @Override
    public synchronized void progress(String label, long done, OptionalLong total) {
        bars.computeIfAbsent(label, it -> progress.bar(it, total.orElse(0))).update(done);
    }
}
