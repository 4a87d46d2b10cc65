package dev.tandem.app.init;

import dev.tandem.model.Durations;
import dev.tandem.model.FieldOrigin;
import dev.tandem.model.FieldType;
import dev.tandem.model.Schema.Conversion;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** From a sample to a proposal: measures, proposes, and asks about what the sample cannot decide. */
final class Interview {
    private static final Duration USUAL_FUTURE = Duration.ofMinutes(5);
    private static final String NO_KEY = "none";

    private final Sample sample;
    private final InitOptions wishes;
    private final Questions questions;
    private final List<String> notes = new ArrayList<>();

    Interview(Sample sample, InitOptions wishes, Questions questions) {
        this.sample = sample;
        this.wishes = wishes;
        this.questions = questions;
        notes.addAll(sample.notes());
    }

    Proposal proposal() {
        var name = wishes.name()
                .orElseGet(() -> questions.ask(
                        "Name of the pipeline", plain(sample.place().word()), it -> Optional.of(plain(it))));
        var found = findings();
        var time = eventTime(found);
        var zone = zone(time, found);
        var style = time.style().or(() -> anyStyle(found)).orElse(TimeStyle.ISO);
        var format = style.in(sample.format(), zone.orElse(ZoneOffset.UTC));
        var fields = ReadRecords.sound(sample, consistent(found, time, style), format);
        var read = ReadRecords.of(sample, fields, format);
        var event = event(read, time, zone);
        var keys = KeyIdea.ideas(read, fields, time);
        var dedup = dedup(read, fields, event, keys);
        var views = ViewIdeas.of(read, fields, event.lateness());
        return new Proposal(
                name, sample, format, fields, read, event, dedup, keys, views, wishes.database(), List.copyOf(notes));
    }

    /** A name that a definition, a folder and a table can have. */
    static String plain(String word) {
        var plain = word.replaceAll("[^A-Za-z0-9_]+", "_").replaceAll("^_+|_+$", "");
        var begun = plain.isEmpty() || Character.isDigit(plain.charAt(0)) ? "my_" + plain : plain;
        return begun.substring(0, Math.min(40, begun.length())).replaceAll("_+$", "");
    }

    private List<Finding> findings() {
        var names = new FieldNames();
        var found = new ArrayList<Finding>();
        for (var column : columns()) {
            if (!FieldNames.sayable(column.path())) {
                notes.add("the field '%s' is left out: no path can name it".formatted(String.join(".", column.path())));
            } else if (found.size() < JsonColumns.MOST) {
                found.add(find(column, names));
            }
        }
        if (found.isEmpty()) {
            throw InitException.question(
                    "Cannot propose anything from %s: no record is a JSON object or a row with named cells; look at the file's beginning"
                            .formatted(sample.place().shown()));
        }
        return found;
    }

    private List<Column> columns() {
        var columns = sample.csv() ? CsvColumns.of(sample) : JsonColumns.of(sample);
        if (columns.size() > JsonColumns.MOST) {
            notes.add("%d of %d fields are proposed; add others by hand".formatted(JsonColumns.MOST, columns.size()));
        }
        return columns;
    }

    /** Without a header, a cell is called what the field is called. */
    private Finding find(Column column, FieldNames names) {
        var name = names.of(column.path());
        return sample.csv() ? TypeFinder.findInCsv(column, name) : TypeFinder.find(column, name);
    }

    private Finding eventTime(List<Finding> found) {
        var times = new ArrayList<>(found.stream()
                .filter(Finding::isTime)
                .sorted(Comparator.comparing((Finding it) -> it.nulls() * 20 > sample.size())
                        .thenComparingInt(it -> Hints.eventTime(lastName(it)))
                        .thenComparingInt(Finding::depth))
                .toList());
        if (times.isEmpty()) {
            found.stream()
                    .filter(it -> it.type().equals(new FieldType.Date()))
                    .map(Interview::midnight)
                    .forEach(times::add);
        }
        if (sample.place().isTopic()) {
            times.add(brokerTime(found));
        }
        if (times.isEmpty()) {
            throw InitException.question(
                    "Cannot propose an event time for %s: none of its fields (%s) is a time that can be recognised; a stream needs one, so add a column with times such as 2026-01-31T23:59:59Z"
                            .formatted(
                                    sample.place().shown(),
                                    String.join(
                                            ", ",
                                            found.stream().map(Finding::name).toList())));
        }
        var names = times.stream().map(Finding::name).toList();
        var chosen = wishes.eventTime()
                .map(it -> known(it, names))
                .orElseGet(() -> names.size() == 1
                        ? names.get(0)
                        : questions.ask(
                                "Event time, one of " + String.join(", ", names),
                                names.get(0),
                                it -> Optional.of(it).filter(names::contains)));
        return times.get(names.indexOf(chosen));
    }

    private static String known(String name, List<String> names) {
        if (!names.contains(name)) {
            throw InitException.question(
                    "Cannot use '%s' as event time: it is not one of the fields with times; use one of %s"
                            .formatted(name, String.join(", ", names)));
        }
        return name;
    }

    private static String lastName(Finding finding) {
        return finding.values().map(Column::lastName).orElse(finding.name());
    }

    private static Finding midnight(Finding day) {
        return new Finding(
                day.name(),
                day.origin(),
                new FieldType.Timestamp(),
                Conversion.NONE,
                Optional.of(TimeStyle.DAYS),
                day.values());
    }

    private static Finding brokerTime(List<Finding> found) {
        var taken = found.stream().anyMatch(it -> it.name().equalsIgnoreCase("broker_time"));
        return new Finding(
                taken ? "kafka_broker_time" : "broker_time",
                FieldOrigin.OfMessage.BROKER_TIME,
                new FieldType.Timestamp(),
                Conversion.NONE,
                Optional.empty(),
                Optional.empty());
    }

    /** Asked for where the event time, or without a style of its own any other time, names no zone. */
    private Optional<ZoneId> zone(Finding time, List<Finding> found) {
        var style = time.style().or(() -> anyStyle(found)).orElse(TimeStyle.ISO);
        time.style()
                .flatMap(it -> time.values().flatMap(values -> TimeStyle.ambiguous(values, it)))
                .ifPresent(other -> notes.add(
                        "the times of '%s' could also be written as %s: day and month cannot be told apart in the sample"
                                .formatted(time.name(), other)));
        if (!style.zoneNeeded()) {
            return Optional.empty();
        }
        return Optional.of(wishes.zone()
                .orElseGet(() -> questions.ask("Times name no zone; the zone they are in", "UTC", Interview::zoneOf)));
    }

    private static Optional<ZoneId> zoneOf(String text) {
        try {
            return Optional.of(ZoneId.of(text));
        } catch (DateTimeException unknown) {
            return Optional.empty();
        }
    }

    private static Optional<TimeStyle> anyStyle(List<Finding> found) {
        return found.stream().flatMap(it -> it.style().stream()).findFirst();
    }

    /** A format has one notation of times: what is written otherwise is read as text. */
    private List<Finding> consistent(List<Finding> found, Finding time, TimeStyle style) {
        var fields = new ArrayList<Finding>();
        for (var field : found) {
            if (field.name().equals(time.name())) {
                fields.add(time);
            } else if (field.style().isPresent() && !fits(field.style().get(), style)) {
                notes.add("the times of '%s' are written in another way than those of '%s', so they are read as text"
                        .formatted(field.name(), time.name()));
                fields.add(field.withType(FieldType.TEXT));
            } else {
                fields.add(field);
            }
        }
        if (time.values().isEmpty()) {
            fields.add(time);
        }
        return fields;
    }

    private static boolean fits(TimeStyle own, TimeStyle chosen) {
        return chosen.reads(own) && (chosen.zoneNeeded() || !own.zoneNeeded());
    }

    private Proposal.Event event(ReadRecords read, Finding time, Optional<ZoneId> zone) {
        var lateness = Lateness.of(read.times(time));
        var proposed = sample.place().isTable() ? Duration.ofMinutes(1) : lateness.proposed();
        var delay = wishes.delay()
                .orElseGet(() -> questions.ask(
                        "Watermark delay (%,d of %,d records of the sample are further behind)"
                                .formatted(lateness.moreBehindThan(proposed), lateness.records()),
                        Durations.told(proposed),
                        Durations::read));
        return new Proposal.Event(time, zone, lateness, delay, maxFuture(read, time));
    }

    /** A little more than the furthest; not where events are a day ahead, which no setting should hide. */
    private Optional<Duration> maxFuture(ReadRecords read, Finding time) {
        var ahead = Lateness.duration(read.furthestAhead(time));
        if (ahead.compareTo(USUAL_FUTURE) <= 0) {
            return Optional.empty();
        }
        var step = Ladder.from(ahead).filter(it -> it.compareTo(Duration.ofDays(1)) <= 0);
        notes.add("events are up to %s ahead of their arrival%s"
                .formatted(
                        Durations.told(ahead.truncatedTo(ChronoUnit.SECONDS)),
                        step.isPresent()
                                ? "; check the zone"
                                : "; those more than 5 minutes ahead are quarantined; check the zone"));
        return step;
    }

    private Optional<Proposal.Dedup> dedup(
            ReadRecords read, List<Finding> fields, Proposal.Event event, List<KeyIdea> ideas) {
        var chosen = wishes.key().orElseGet(() -> askedKey(fields, ideas));
        if (chosen.isEmpty()) {
            return Optional.empty();
        }
        var key = chosen.stream()
                .map(name -> fields.stream()
                        .filter(it -> it.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> InitException.question(
                                "Cannot use '%s' in the dedup key: the sample has no such field; use some of %s"
                                        .formatted(
                                                name,
                                                String.join(
                                                        ", ",
                                                        fields.stream()
                                                                .map(Finding::name)
                                                                .toList())))))
                .toList();
        var horizon = Horizon.of(read, key, event.field(), event.delay());
        var proposed = horizon.proposed();
        var within = wishes.within()
                .orElseGet(() -> questions.ask(
                        "Dedup horizon (%,d of %,d duplicates come later)"
                                .formatted(horizon.missed(proposed), horizon.duplicates()),
                        Durations.told(proposed),
                        Durations::read));
        return Optional.of(new Proposal.Dedup(KeyIdea.measured(read, key), horizon, within));
    }

    private List<String> askedKey(List<Finding> fields, List<KeyIdea> ideas) {
        var names = fields.stream().map(Finding::name).toList();
        var proposed = ideas.isEmpty() ? NO_KEY : String.join(",", ideas.get(0).fields());
        return questions.ask(
                "Dedup key, fields separated by commas, or none%s"
                        .formatted(
                                ideas.isEmpty()
                                        ? ""
                                        : " (%,d duplicates in the sample)"
                                                .formatted(ideas.get(0).duplicates())),
                proposed,
                text -> {
                    var chosen =
                            Arrays.stream(text.split(",")).map(String::strip).toList();
                    return text.equals(NO_KEY)
                            ? Optional.of(List.<String>of())
                            : Optional.of(chosen).filter(names::containsAll);
                });
    }
}
