package dev.tandem.model;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where the value of a field comes from: the record itself, or what its topic knows about it. */
public sealed interface FieldOrigin extends Serializable {
    /** The member of the record's JSON object, or the column of the CSV header, of this name. */
    record Named(String name) implements FieldOrigin {
        @Override
        public List<PathStep> path() {
            return List.of(new PathStep.Member(name));
        }

        @Override
        public String sql() {
            return "'" + name.replace("'", "''") + "'";
        }
    }

    /** A place within the record's JSON object; {@code steps} begin at the object itself. */
    record Path(List<PathStep> steps) implements FieldOrigin {
        public Path {
            steps = List.copyOf(steps);
        }

        /** Reads e.g. {@code $.user.id}, {@code $.items[0].sku} or {@code $["odd.name"].id}; empty if {@code text} is no path. */
        public static Optional<Path> of(String text) {
            var steps = new ArrayList<PathStep>();
            var rest = text.startsWith("$") ? text.substring(1) : "";
            var matcher = PathStep.PATTERN.matcher(rest);
            int at = 0;
            while (at < rest.length() && matcher.find(at) && matcher.start() == at) {
                steps.add(PathStep.of(matcher));
                at = matcher.end();
            }
            boolean whole = at == rest.length() && !steps.isEmpty() && steps.get(0) instanceof PathStep.Member;
            return whole && steps.size() <= PathStep.MOST ? Optional.of(new Path(steps)) : Optional.empty();
        }

        @Override
        public List<PathStep> path() {
            return steps;
        }

        @Override
        public String sql() {
            return "'" + PathStep.text(steps).replace("'", "''") + "'";
        }
    }

    /** What the topic knows about a message besides its value. */
    enum OfMessage implements FieldOrigin {
        PARTITION("PARTITION"),
        OFFSET("OFFSET"),
        /** The message's timestamp, which is its arrival time. */
        BROKER_TIME("BROKER TIME");

        private final String sql;

        OfMessage(String sql) {
            this.sql = sql;
        }

        @Override
        public List<PathStep> path() {
            return List.of();
        }

        @Override
        public String sql() {
            return sql;
        }
    }

    /**
     * What the source knows of a record beside its value, as text. It is landed in front of the value, in an
     * {@link dev.tandem.model.record.Envelope}, so that every later reading finds it.
     *
     * @param name of a header; empty for the other parts
     */
    record Beside(Part part, String name) implements FieldOrigin {
        public enum Part {
            KEY,
            /** The last header of a name. */
            HEADER,
            /** When the message says that it was sent, whatever counts as its arrival. */
            TIMESTAMP,
            /** The name of the file that holds the record. */
            FILE,
            /** The number of the record in its file, from 1. */
            RECORD;

            /** Whether it is known of the messages of a topic, and not of the records of a file. */
            public boolean ofTopic() {
                return this != FILE && this != RECORD;
            }
        }

        public Beside(Part part) {
            this(part, "");
        }

        @Override
        public List<PathStep> path() {
            var member = new PathStep.Member(part.name().toLowerCase(Locale.ROOT));
            return part == Part.HEADER ? List.of(member, new PathStep.Member(name)) : List.of(member);
        }

        @Override
        public String sql() {
            return part == Part.HEADER ? "HEADER '%s'".formatted(name.replace("'", "''")) : part.name();
        }
    }

    /** The steps to the value from the record's JSON object, or from that of its envelope; none where neither holds it. */
    List<PathStep> path();

    /** As a definition writes it behind {@code FROM}. */
    String sql();
}
