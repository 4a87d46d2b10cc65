package dev.tandem.diff.attach;

import dev.tandem.diff.attach.AttachAnswer.Place;
import dev.tandem.diff.attach.AttachAnswer.SideAnswer;
import dev.tandem.diff.attach.AttachAnswer.ViewAnswer;
import dev.tandem.diff.attach.RowAnswer.CauseRecords;
import dev.tandem.diff.attach.RowAnswer.RecordLine;
import dev.tandem.diff.attach.RowAnswer.SideRow;
import dev.tandem.diff.duck.DiffException;
import dev.tandem.diff.report.PageFrame;
import dev.tandem.parity.report.Html;
import dev.tandem.parity.report.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The answer as a page: which table is wrong, how the jobs behave, and the worst rows with their records. */
public final class AttachPage {
    private final AttachAnswer answer;

    private AttachPage(AttachAnswer answer) {
        this.answer = answer;
    }

    /** Writes {@code report.html} beside the file of differences, and says where it is. */
    public static Path write(AttachAnswer answer) {
        var page = answer.differences().resolveSibling("report.html");
        try {
            Files.writeString(page, of(answer));
            return page;
        } catch (IOException e) {
            throw DiffException.surroundings(
                    "Cannot write %s: %s; give another folder with --out".formatted(page, e.getMessage()), e);
        }
    }

    /** What is said of each table, in a sentence. */
    public static List<String> sentences(AttachAnswer answer) {
        return new AttachPage(answer).sentences();
    }

    static String of(AttachAnswer answer) {
        return new AttachPage(answer).page();
    }

    private String page() {
        boolean agrees = answer.agrees();
        return PageFrame.of(
                new PageFrame.Head(
                        agrees ? "agree" : "unexplained",
                        answer.pipeline(),
                        answer.log(),
                        agrees ? "✔" : "✖",
                        agrees ? "AGREE" : "DIFFER",
                        sentences()),
                new Html("<a href=\"#jobs\">Jobs</a>" + (agrees ? "" : "<a href=\"#rows\">Rows</a>")),
                Html.joined(List.of(tiles(), jobs(), rows())),
                Html.of("Made by Tandem. Every differing number: <a href=\"differences.csv\">differences.csv</a>."));
    }

    private List<String> sentences() {
        var sentences = new ArrayList<String>();
        for (var view : answer.views()) {
            view.stream().ifPresent(side -> sentences.add(sentence(view, "stream", side)));
            view.batch().ifPresent(side -> sentences.add(sentence(view, "batch", side)));
        }
        return sentences;
    }

    private static String sentence(ViewAnswer view, String mode, SideAnswer side) {
        return side.agrees()
                ? "%s, %s: all %,d rows of %s are what the log gives."
                        .formatted(view.view(), mode, side.counts().rows(), side.shown())
                : "%s, %s: %,d rows of %s are not what the log gives."
                        .formatted(view.view(), mode, side.counts().differing(), side.shown());
    }

    private Html tiles() {
        var tiles = new ArrayList<Html>();
        tiles.add(PageFrame.tile(
                "Records in the log",
                answer.records(),
                answer.rejected() == 0
                        ? "all fit the definition"
                        : "%,d more are refused".formatted(answer.rejected())));
        for (var view : answer.views()) {
            view.stream().ifPresent(side -> tiles.add(tile(view, "stream", side)));
            view.batch().ifPresent(side -> tiles.add(tile(view, "batch", side)));
        }
        return PageFrame.tiles("Differing rows", tiles);
    }

    private static Html tile(ViewAnswer view, String mode, SideAnswer side) {
        return PageFrame.tile(
                "%s, %s: differ".formatted(view.view(), mode),
                side.counts().differing(),
                "of %,d rows".formatted(side.counts().rows()));
    }

    private Html jobs() {
        var parts = new ArrayList<Html>();
        for (var view : answer.views()) {
            view.stream().ifPresent(side -> parts.add(job(view, "stream", side)));
            view.batch().ifPresent(side -> parts.add(job(view, "batch", side)));
        }
        return PageFrame.section(
                "jobs",
                "How do the jobs behave?",
                "Behaviours were tried on the log; the one that gives most rows of a table is told, with all that fit as well.",
                Html.joined(parts));
    }

    private static Html job(ViewAnswer view, String mode, SideAnswer side) {
        var counts = side.counts();
        var table = Table.named("Rows of " + side.shown())
                .number("Rows")
                .number("Equal")
                .number("Changed")
                .number("Missing")
                .number("Too many")
                .row(
                        "%,d".formatted(counts.rows()),
                        "%,d".formatted(counts.equal()),
                        "%,d".formatted(counts.changed()),
                        "%,d".formatted(counts.absent()),
                        "%,d".formatted(counts.extra()));
        var parts = new ArrayList<Html>();
        parts.add(table.html());
        parts.add(side.inference()
                .map(AttachPage::inference)
                .orElseGet(() -> note("Nothing is inferred: no behaviour that was tried gives half of the table.")));
        if (!side.missing().isEmpty()) {
            parts.add(note("The table has no column for: %s.".formatted(String.join(", ", side.missing()))));
        }
        parts.add(note("Read consistency: %s.".formatted(side.consistency())));
        parts.add(places(side.places()));
        return Html.of(
                "<div class=\"panel\"><h3>{} · {} · {}</h3>{}</div>",
                view.view(),
                mode,
                side.shown(),
                Html.joined(parts));
    }

    private static Html inference(Inference inference) {
        var words = new InferenceWords(inference);
        var parts = new ArrayList<Html>();
        parts.add(Html.of(
                "<p><strong>{}</strong> {}</p>",
                inference.complete() ? "The job:" : "Nearest to the job:",
                words.behaviour()));
        parts.add(note("It %s.".formatted(words.share())));
        if (!words.alternatives().isEmpty()) {
            var items = words.alternatives().stream()
                    .map(it -> Html.of("<li>{}</li>", it))
                    .toList();
            parts.add(Html.of("<p class=\"note\">This data cannot tell it from:</p><ul>{}</ul>", Html.joined(items)));
        }
        return Html.joined(parts);
    }

    private static Html note(String text) {
        return Html.of("<p class=\"note\">{}</p>", text);
    }

    private static Html places(List<Place> places) {
        if (places.isEmpty()) {
            return Html.EMPTY;
        }
        var table =
                Table.named("Where rows differ").text("Column").text("Value").number("Differing rows");
        places.forEach(it -> table.row(it.column(), it.value(), "%,d".formatted(it.differing())));
        return table.html();
    }

    private Html rows() {
        var parts = new ArrayList<Html>();
        for (var view : answer.views()) {
            view.worst().forEach(row -> parts.add(row(view, row)));
        }
        return parts.isEmpty()
                ? Html.EMPTY
                : PageFrame.section(
                        "rows",
                        "Which rows, and which records?",
                        "The rows that differ most. The steps lead from the table's number to the log's.",
                        Html.joined(parts));
    }

    private static Html row(ViewAnswer view, RowAnswer row) {
        var title = new ArrayList<String>();
        title.add(view.view());
        row.start().ifPresent(it -> title.add("%s to %s".formatted(it, row.end().orElse(it))));
        if (!row.key().isEmpty()) {
            title.add(AttachText.key(row.key()));
        }
        var parts = new ArrayList<Html>();
        row.stream().ifPresent(side -> parts.add(side("stream", side)));
        row.batch().ifPresent(side -> parts.add(side("batch", side)));
        return Html.of("<div class=\"panel\"><h3>{}</h3>{}</div>", String.join(" · ", title), Html.joined(parts));
    }

    private static Html side(String mode, SideRow side) {
        var steps = Table.named("Steps of the " + mode)
                .text("Measure")
                .number("In the " + mode)
                .text("Cause")
                .number("Change")
                .number("Records")
                .number("In the log");
        for (var bridge : side.measures()) {
            var measure = bridge.measure();
            for (var step : bridge.steps()) {
                steps.row(
                        measure,
                        AttachText.value(bridge.stored()),
                        "%s: %s".formatted(step.cause().code(), step.cause().meaning()),
                        step.amount().map(AttachText::amount).orElseGet(() -> "→ " + AttachText.value(step.to())),
                        step.records() == 0 ? "–" : "%,d".formatted(step.records()),
                        AttachText.value(bridge.log()));
            }
        }
        var parts = new ArrayList<Html>();
        parts.add(steps.html());
        side.causes().stream().filter(it -> !it.first().isEmpty()).forEach(it -> parts.add(records(it)));
        return Html.joined(parts);
    }

    private static Html records(CauseRecords cause) {
        var table = Table.named("Records: " + cause.cause().code())
                .text("Record (%s)".formatted(cause.cause().code()))
                .text("Event")
                .text("Arrived")
                .text("Watermark")
                .text("Copy of")
                .text("Counts");
        cause.first().forEach(record -> row(table, record));
        long left = cause.records() - cause.first().size();
        return left == 0
                ? table.html()
                : Html.joined(List.of(
                        table.html(), note("%s more; --records shows them.".formatted(AttachText.records(left)))));
    }

    private static void row(Table table, RecordLine record) {
        table.row(
                record.place().orElse(record.at().toString()),
                record.event().toString(),
                shown(record.arrived()),
                shown(record.watermark()),
                record.copyOf()
                        .map(it -> it + (record.counted() ? ", counted again" : ""))
                        .orElse("–"),
                AttachText.key(record.arguments()));
    }

    private static String shown(Optional<?> value) {
        return value.map(Object::toString).orElse("–");
    }
}
