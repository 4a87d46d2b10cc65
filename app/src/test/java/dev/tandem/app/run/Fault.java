package dev.tandem.app.run;

/** What a random sequence does to a running stream and to its surroundings. */
enum Fault {
    KILL_STREAM("`kill -9` of the stream"),
    STOP_STREAM("SIGTERM to the stream"),
    PAUSE_STREAM("SIGSTOP, and SIGCONT up to three seconds later"),
    KILL_DATABASE("`kill -9` of the database, up to three seconds away"),
    KILL_BROKER("`kill -9` of the broker, up to three seconds away"),
    MORE_RECORDS("more records while the stream runs"),
    TEAR_STATE("a byte of a state file changed"),
    LOSE_STATE("all state files deleted"),
    EMPTY_CHECKPOINT("the newest checkpoint file emptied, as after a power loss"),
    LOSE_CHECKPOINT("the checkpoint deleted"),
    COMPACT_LOG("`tandem compact` beside the stream"),
    OTHER_MACHINE("restart under another language, zone and charset"),
    OTHER_CLOCK("restart with a clock that is wrong by up to two days, in both directions"),
    FULL_DISK("restart where files cannot grow beyond 1 to 256 KiB, as on a full disk");

    private final String told;

    Fault(String told) {
        this.told = told;
    }

    String told() {
        return told;
    }
}
