package dev.tandem.app.init;

import static dev.tandem.app.init.DefinitionText.share;
import static dev.tandem.app.init.DefinitionText.told;

import dev.tandem.model.Durations;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What was measured, in sentences and small tables: the same words in the definition and on the screen. */
final class Summary {
    private static final int MOST_KEYS = 5;

    private Summary() {}

    /** How many records of the sample can be read, and why the others cannot. */
    static List<String> reading(Proposal proposal) {
        long malformed = proposal.read().malformed();
        int all = proposal.sample().size();
        if (malformed == 0) {
            return List.of("All %,d records can be read by this schema.".formatted(all));
        }
        var lines = new ArrayList<String>();
        lines.add(
                "%,d of %,d records can be read by this schema; %,d are malformed and would be quarantined, e.g. because"
                        .formatted(all - malformed, all, malformed));
        proposal.read().reasons().forEach(it -> lines.add("  " + it.replaceAll("\\s+", " ")));
        return lines;
    }

    static List<String> lateness(Proposal proposal) {
        var event = proposal.event();
        var lateness = event.lateness();
        if (proposal.sample().place().isTable()) {
            return List.of("Rows of a table have no order of arrival; measure the delay on a topic or on files.");
        }
        var lines = new ArrayList<String>();
        if (lateness.outOfOrder() == 0) {
            lines.add("All %,d records of the sample are in the order of '%s'."
                    .formatted(lateness.records(), event.field().name()));
            return lines;
        }
        lines.add("%s of %,d records are out of order by '%s'; the furthest is %s behind."
                .formatted(
                        share(lateness.outOfOrder(), lateness.records()),
                        lateness.records(),
                        event.field().name(),
                        Durations.told(rounded(lateness.greatest()))));
        if (lateness.outOfOrder() * 2 > lateness.records()) {
            lines.add(
                    "More than half are: is the order of these records that of their arrival? If not, set the delay by hand.");
        }
        var window = proposal.views().window();
        lines.add("  delay         further behind    refused by windows of %s, at most"
                .formatted(Durations.told(window)));
        for (var delay : steps(event.delay())) {
            lines.add("%s %s  %-16s  %s"
                    .formatted(
                            delay.equals(event.delay()) ? ">" : " ",
                            told(delay),
                            share(lateness.moreBehindThan(delay), lateness.records()),
                            share(lateness.lost(delay, window), lateness.records())));
        }
        return lines;
    }

    private static Duration rounded(Duration duration) {
        return duration.compareTo(Duration.ofMinutes(1)) < 0
                ? duration.truncatedTo(ChronoUnit.MILLIS)
                : duration.truncatedTo(ChronoUnit.SECONDS);
    }

    private static List<Duration> steps(Duration chosen) {
        var steps = new ArrayList<>(Ladder.around(Ladder.from(chosen).orElse(Ladder.last())));
        if (!steps.contains(chosen)) {
            steps.add(chosen);
            steps.sort(Duration::compareTo);
        }
        return steps;
    }

    static List<String> keys(Proposal proposal) {
        var lines = new ArrayList<String>();
        if (proposal.keys().isEmpty() && proposal.dedup().isEmpty()) {
            lines.add(
                    "No field or pair of fields tells the records apart, so duplicates are counted. With a key, write");
            lines.add("- dedup: { by: [id], within: 30 minutes }");
            return lines;
        }
        lines.add("Keys with their duplicates among %,d records:"
                .formatted(proposal.sample().size()));
        Stream.concat(proposal.dedup().map(Proposal.Dedup::key).stream(), proposal.keys().stream())
                .distinct()
                .limit(MOST_KEYS)
                .forEach(it -> lines.add("  %s: %,d duplicates, of which %,d differ from the first copy"
                        .formatted(String.join(", ", it.fields()), it.duplicates(), it.differing())));
        proposal.dedup()
                .filter(it -> it.horizon().duplicates() > 0)
                .ifPresent(it -> lines.add("Within %s past the watermark come all but %,d of %,d duplicates by %s."
                        .formatted(
                                Durations.told(it.within()),
                                it.horizon().missed(it.within()),
                                it.horizon().duplicates(),
                                String.join(", ", it.key().fields()))));
        return lines;
    }
}
