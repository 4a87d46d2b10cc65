package dev.tandem.app.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a process that runs a pipeline's schedule is doing, in a file of the home, so that the web UI, {@code list} and
 * {@code doctor} can say whether anybody runs it, and what a start is at. Deleted at the end; one that a killed process has left is
 * recognised by its process.
 */
public final class RunNote implements AutoCloseable {
    /** What runs schedules. */
    public enum Verb {
        /** A comparison follows each batch. */
        START,
        /** Batches alone. */
        SCHEDULE;

        /** As on the command line. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What a note of a process that is alive says.
     *
     * @param doing what it is at before it is fully up; empty afterwards
     * @param next when its next batch begins, if it is known
     */
    public record Status(Verb verb, Optional<String> doing, Optional<Instant> next) {}

    private final NoteFile file;
    private Optional<String> doing = Optional.empty();
    private Optional<Instant> next = Optional.empty();

    private RunNote(NoteFile file) {
        this.file = file;
    }

    /** Begins the note of this process. */
    static RunNote begin(Workspace workspace, String pipeline, Verb verb) {
        var note = new RunNote(file(workspace, pipeline, verb));
        note.write();
        return note;
    }

    private static NoteFile file(Workspace workspace, String pipeline, Verb verb) {
        return new NoteFile(workspace.home().resolve("running").resolve("%s.%s.json".formatted(pipeline, verb.word())));
    }

    /** What the process is at. */
    synchronized void doing(String phase) {
        doing = Optional.of(phase);
        write();
    }

    /** The process is up. */
    synchronized void up() {
        doing = Optional.empty();
        write();
    }

    /** When the next batch begins; tells whether that is news. */
    synchronized boolean next(Instant moment) {
        boolean news = !next.equals(Optional.of(moment));
        if (news) {
            next = Optional.of(moment);
            write();
        }
        return news;
    }

    private synchronized void write() {
        var here = ProcessHandle.current();
        var note = JsonNodeFactory.instance.objectNode().put("process", here.pid());
        here.info().startInstant().ifPresent(it -> note.put("process_began", it.toString()));
        doing.ifPresent(it -> note.put("doing", it));
        next.ifPresent(it -> note.put("next", it.toString()));
        file.write(note);
    }

    @Override
    public synchronized void close() {
        file.delete();
    }

    /** The notes of processes that are alive; none where nobody runs the schedule of {@code pipeline}. */
    public static List<Status> read(Workspace workspace, String pipeline) {
        var notes = new ArrayList<Status>();
        for (var verb : Verb.values()) {
            file(workspace, pipeline, verb)
                    .read()
                    .filter(RunNote::isAlive)
                    .ifPresent(it -> notes.add(
                            new Status(verb, text(it, "doing"), text(it, "next").map(Instant::parse))));
        }
        return notes;
    }

    private static Optional<String> text(JsonNode note, String name) {
        return Optional.of(note.path(name)).filter(JsonNode::isTextual).map(JsonNode::asText);
    }

    /** The number of a process is given again when it has ended, the moment at which it began is not. */
    private static boolean isAlive(JsonNode note) {
        return ProcessHandle.of(note.path("process").asLong())
                .filter(ProcessHandle::isAlive)
                .filter(it -> it.info().startInstant().map(Instant::toString).equals(text(note, "process_began")))
                .isPresent();
    }
}
