package dev.tandem.app.init;

import dev.tandem.model.Durations;
import dev.tandem.model.Format;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A proposal as the YAML of a definition, with what was measured as comments beside what follows from it. */
final class DefinitionText {
    private static final int LONGEST_VIEW = 30;

    private final Proposal proposal;
    private final List<String> lines = new ArrayList<>();

    private DefinitionText(Proposal proposal) {
        this.proposal = proposal;
    }

    static String of(Proposal proposal) {
        var text = new DefinitionText(proposal);
        text.head();
        text.source();
        text.schema();
        text.steps();
        text.views();
        text.outputs();
        text.profile();
        return String.join("\n", text.lines) + "\n";
    }

    private void line(String text) {
        lines.add(text);
    }

    private void head() {
        var sample = proposal.sample();
        line("# Proposed by 'tandem init' from %,d records of %s."
                .formatted(sample.size(), sample.place().shown()));
        line("# It is a beginning: change what you know better. Every key is in docs/definition.md.");
        Summary.reading(proposal).forEach(it -> line("# %s".formatted(it)));
        proposal.notes().forEach(it -> line("# Note: %s.".formatted(it)));
        line("pipeline: %s".formatted(proposal.name()));
        line("about: %s".formatted(quoted("Proposed from " + sample.place().shown())));
        line("time: { event: %s%s }"
                .formatted(
                        proposal.event().field().name(),
                        proposal.event().zone().map(it -> ", zone: " + it).orElse("")));
    }

    private void source() {
        lines.add("");
        line("source:");
        line("  %s".formatted(where()));
        line("  format: %s".formatted(format()));
    }

    private String where() {
        var place = proposal.sample().place();
        if (place.isTopic()) {
            return "kafka: " + quoted(place.word());
        }
        if (place.isTable()) {
            return "kafka: %s # a stream reads a topic or a folder; the table's rows can be counted with batch --table"
                    .formatted(quoted(place.word()));
        }
        return "files: data/%s # in the state folder; complete files are moved into it".formatted(proposal.name());
    }

    /** In flow style; the kind alone where nothing else is to be said. */
    private String format() {
        var format = proposal.format();
        boolean csv = format.kind() == Format.Kind.CSV;
        var settings = new ArrayList<String>();
        if (csv && !format.header() && !proposal.sample().place().isTopic()) {
            settings.add("header: false");
        }
        if (csv && format.delimiter() != ',') {
            settings.add("delimiter: " + quoted(String.valueOf(format.delimiter())));
        }
        format.zone().ifPresent(it -> settings.add("zone: " + it));
        format.timestamp().ifPresent(it -> settings.add("timestamp: " + quoted(it)));
        if (!format.inFile().encoding().equals("UTF-8")) {
            settings.add("encoding: " + format.inFile().encoding());
        }
        if (format.inFile().layout() == Format.Layout.VALUES) {
            settings.add("layout: values");
        }
        var kind = csv ? "csv" : "json";
        return settings.isEmpty() ? kind : "{ %s: { %s } }".formatted(kind, String.join(", ", settings));
    }

    private void schema() {
        lines.add("");
        int width = proposal.fields().stream()
                .mapToInt(it -> it.name().length())
                .max()
                .orElse(0);
        line("# %s  without value  different values".formatted(padded("field", width)));
        for (var field : proposal.fields()) {
            line("# %s  %,13d  %,16d".formatted(padded(field.name(), width), field.nulls(), field.different()));
        }
        line("schema: |-");
        line("%s"
                .formatted(proposal.fields().stream()
                        .map(it -> "  " + it.sql(proposal.required(it)))
                        .collect(Collectors.joining(",\n"))));
    }

    private void steps() {
        lines.add("");
        line("steps:");
        Summary.lateness(proposal).forEach(it -> line("  # %s".formatted(it)));
        var event = proposal.event();
        line("  - watermark: { delay: %s%s }"
                .formatted(
                        Durations.told(event.delay()),
                        event.maxFuture()
                                .map(it -> ", max_future: " + Durations.told(it))
                                .orElse("")));
        Summary.keys(proposal).forEach(it -> line("  # %s".formatted(it)));
        proposal.dedup()
                .ifPresent(it -> line("  - dedup: { by: [%s], within: %s }"
                        .formatted(String.join(", ", it.key().fields()), Durations.told(it.within()))));
    }

    private void views() {
        lines.add("");
        line("views:");
        var views = proposal.views();
        view(viewName(""), "");
        views.keys().forEach(key -> view(viewName(key.name()), key.name()));
    }

    /** A long one ends in a number made of the key, so that two that begin alike stay apart. */
    private String viewName(String key) {
        var name = "per_" + proposal.views().windowWord() + (key.isEmpty() ? "" : "_by_" + key);
        return name.length() <= LONGEST_VIEW
                ? name
                : name.substring(0, LONGEST_VIEW - 4) + "_" + Math.floorMod(key.hashCode(), 1_000);
    }

    private void view(String name, String key) {
        line("  %s:".formatted(name));
        line("    window: { tumbling: %s }"
                .formatted(Durations.told(proposal.views().window())));
        if (!key.isEmpty()) {
            line("    by: [%s]".formatted(key));
        }
        line("    measures:");
        line("      %s: count(*)".formatted(key.equalsIgnoreCase("records") ? "record_count" : "records"));
        proposal.views()
                .measures()
                .forEach(it -> line("      sum_%s: %s".formatted(it.name(), quoted("sum(`" + it.name() + "`)"))));
    }

    private void outputs() {
        lines.add("");
        line("outputs:");
        var names = new ArrayList<String>();
        names.add(viewName(""));
        proposal.views().keys().forEach(key -> names.add(viewName(key.name())));
        var stem = proposal.name().substring(0, Math.min(20, proposal.name().length()));
        names.forEach(name -> line(
                "  - { view: %s, table: \"${mode}_%s_%s\", in: %s }".formatted(name, stem, name, proposal.database())));
    }

    /** The folder itself is watched under a profile: a demo copies files into the folder that it reads. */
    private void profile() {
        proposal.sample().place().asFolder().ifPresent(folder -> {
            lines.add("");
            line("profiles:");
            line("  live: # ./tandem start %s --profile live".formatted(proposal.name()));
            line("    source:");
            line("      files: %s".formatted(quoted(folder.toString())));
            line("      format: %s".formatted(format()));
        });
    }

    static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }

    private static String quoted(String text) {
        return "\"%s\""
                .formatted(text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\t", "\\t"));
    }

    /** {@code count} as a share of {@code all}. */
    static String share(long count, long all) {
        return all == 0 ? "0" : "%,d (%.2f %%)".formatted(count, 100.0 * count / all);
    }

    /** As a table of lengths of time has it. */
    static String told(Duration duration) {
        return padded(Durations.told(duration), 12);
    }
}
