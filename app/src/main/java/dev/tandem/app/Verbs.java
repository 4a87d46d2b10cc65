package dev.tandem.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Every verb there is, in the order of the help. To add one: write its class, then its line here; tests hold launcher and docs to it. */
final class Verbs {
    /** The headings of the help under which commands are listed. */
    enum Group {
        FIRST_MINUTES("First minutes"),
        DEFINITION("Definition"),
        SERVICES("Services"),
        DATA_IN("Data in"),
        RUN("Run"),
        PROVE("Prove"),
        SEE("See");

        private final String title;

        Group(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    /** Which libraries a verb loads; the launcher keeps an archive of loaded classes for each. */
    enum Libraries {
        /** Those of a run: Spark, and what it reads and writes. */
        SPARK,
        /** Those that read and type a definition. */
        CHECK,
        /** Clients of brokers and databases. */
        SERVICES,
        PAGE,
        DIFF,
        /** Hardly any. */
        LIGHT;

        /** The archive's name. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How long a verb usually runs: one that runs for hours is worth full compilation and the parallel collector. */
    enum Length {
        BRIEF,
        HOURS
    }

    /**
     * A verb: its place in the help, and what the launcher ({@code tandem}) must know of it.
     *
     * @param needs what must be there before it is called
     */
    public record Entry(Group group, Class<? extends Verb> verb, Libraries libraries, Length length, String needs) {
        static Entry of(Group group, Class<? extends Verb> verb, Libraries libraries, String needs) {
            return new Entry(group, verb, libraries, Length.BRIEF, needs);
        }

        /** The same for a verb that runs until it is stopped. */
        Entry forHours() {
            return new Entry(group, verb, libraries, Length.HOURS, needs);
        }
    }

    private static final String NOTHING = "nothing";
    private static final String UP = "`up`";
    private static final String BOTH = "`up`, a stream and a batch";
    private static final String STREAM = "a stream; starts the servers that are not up";

    static final List<Entry> ALL = List.of(
            Entry.of(Group.FIRST_MINUTES, DemoVerb.class, Libraries.SPARK, NOTHING),
            Entry.of(Group.FIRST_MINUTES, ListVerb.class, Libraries.LIGHT, NOTHING),
            Entry.of(Group.FIRST_MINUTES, DoctorVerb.class, Libraries.CHECK, NOTHING),
            Entry.of(Group.DEFINITION, InitVerb.class, Libraries.CHECK, "the records"),
            Entry.of(Group.DEFINITION, CheckVerb.class, Libraries.CHECK, NOTHING),
            Entry.of(Group.DEFINITION, DdlVerb.class, Libraries.SPARK, NOTHING),
            Entry.of(
                    Group.DEFINITION,
                    PlanVerb.class,
                    Libraries.CHECK,
                    "a stream; starts the databases that are not up"),
            Entry.of(Group.SERVICES, UpVerb.class, Libraries.SERVICES, NOTHING),
            Entry.of(Group.SERVICES, DownVerb.class, Libraries.SERVICES, NOTHING),
            Entry.of(Group.DATA_IN, GenerateVerb.class, Libraries.SERVICES, UP),
            Entry.of(Group.DATA_IN, CaptureVerb.class, Libraries.SERVICES, "`up`, the network"),
            Entry.of(
                    Group.DATA_IN,
                    FilesVerb.class,
                    Libraries.CHECK,
                    "a stream of files; starts the databases that are not up"),
            Entry.of(Group.DATA_IN, ReplayVerb.class, Libraries.SPARK, "a stream that has ended, or a capsule"),
            Entry.of(Group.RUN, StartVerb.class, Libraries.SPARK, "nothing; starts the servers that are not up")
                    .forHours(),
            Entry.of(Group.RUN, StreamVerb.class, Libraries.SPARK, UP).forHours(),
            Entry.of(Group.RUN, BatchVerb.class, Libraries.SPARK, "`up`, a stream that has committed"),
            Entry.of(Group.RUN, ScheduleVerb.class, Libraries.SPARK, UP).forHours(),
            Entry.of(Group.RUN, CompactVerb.class, Libraries.SERVICES, STREAM),
            Entry.of(
                    Group.RUN,
                    QuarantineRetryVerb.class,
                    Libraries.SPARK,
                    "a stream that has ended; starts the databases that are not up"),
            Entry.of(Group.PROVE, CompareVerb.class, Libraries.SPARK, BOTH),
            Entry.of(
                    Group.PROVE,
                    ExplainVerb.class,
                    Libraries.SPARK,
                    "a stream and a batch; starts the servers that are not up"),
            Entry.of(Group.PROVE, TraceVerb.class, Libraries.SPARK, STREAM),
            Entry.of(
                    Group.PROVE,
                    CapsuleVerb.class,
                    Libraries.SPARK,
                    "a stream and a batch; starts the servers that are not up"),
            Entry.of(Group.PROVE, VerifyVerb.class, Libraries.SPARK, BOTH),
            Entry.of(Group.PROVE, DiffVerb.class, Libraries.DIFF, "the tables"),
            Entry.of(Group.PROVE, AttachVerb.class, Libraries.SPARK, "the tables, and the log that their jobs read"),
            Entry.of(
                            Group.SEE,
                            ServeVerb.class,
                            Libraries.PAGE,
                            "nothing; starts the databases of ended runs, to read them")
                    .forHours(),
            Entry.of(Group.SEE, LateVerb.class, Libraries.SERVICES, STREAM),
            Entry.of(Group.SEE, DuplicatesVerb.class, Libraries.SERVICES, STREAM),
            Entry.of(Group.SEE, QuarantineVerb.class, Libraries.SERVICES, STREAM),
            Entry.of(
                    Group.SEE,
                    ExportVerb.class,
                    Libraries.SPARK,
                    "a stream or a batch; starts the servers that are not up"),
            Entry.of(Group.SEE, CompletionVerb.class, Libraries.LIGHT, NOTHING));

    private Verbs() {}

    /** {@code words} of a command line, the two words of a verb as one. */
    static String[] joined(String... words) {
        var all = new ArrayList<>(List.of(words));
        int first = all.indexOf("quarantine");
        if (first >= 0 && first + 1 < all.size() && all.get(first + 1).equals("retry")) {
            all.remove(first + 1);
            all.set(first, "quarantine retry");
        }
        return all.toArray(String[]::new);
    }
}
