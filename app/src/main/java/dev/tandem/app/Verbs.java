package dev.tandem.app;

import java.util.List;

/** Every verb there is, in the order of the help. To add one: write its class, then its line here. */
final class Verbs {
    /** Under which heading of the help a verb stands. */
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

    /** A verb and its place in the help. */
    record Entry(Group group, Class<? extends Verb> verb) {}

    static final List<Entry> ALL = List.of(
            new Entry(Group.FIRST_MINUTES, DemoVerb.class),
            new Entry(Group.FIRST_MINUTES, ListVerb.class),
            new Entry(Group.FIRST_MINUTES, DoctorVerb.class),
            new Entry(Group.DEFINITION, InitVerb.class),
            new Entry(Group.DEFINITION, CheckVerb.class),
            new Entry(Group.DEFINITION, DdlVerb.class),
            new Entry(Group.DEFINITION, PlanVerb.class),
            new Entry(Group.SERVICES, UpVerb.class),
            new Entry(Group.SERVICES, DownVerb.class),
            new Entry(Group.DATA_IN, GenerateVerb.class),
            new Entry(Group.DATA_IN, CaptureVerb.class),
            new Entry(Group.DATA_IN, ReplayVerb.class),
            new Entry(Group.RUN, StartVerb.class),
            new Entry(Group.RUN, StreamVerb.class),
            new Entry(Group.RUN, BatchVerb.class),
            new Entry(Group.RUN, ScheduleVerb.class),
            new Entry(Group.PROVE, CompareVerb.class),
            new Entry(Group.PROVE, ExplainVerb.class),
            new Entry(Group.PROVE, TraceVerb.class),
            new Entry(Group.PROVE, VerifyVerb.class),
            new Entry(Group.PROVE, DiffVerb.class),
            new Entry(Group.PROVE, AttachVerb.class),
            new Entry(Group.SEE, ServeVerb.class),
            new Entry(Group.SEE, LateVerb.class),
            new Entry(Group.SEE, DuplicatesVerb.class),
            new Entry(Group.SEE, QuarantineVerb.class),
            new Entry(Group.SEE, ExportVerb.class),
            new Entry(Group.SEE, CompletionVerb.class));

    private Verbs() {}
}
