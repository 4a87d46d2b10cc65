package dev.tandem.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One record as it is to be sent, with what is known about it beforehand. The id and the event time are those of the event
 * itself, also where a fault took them out of the message: without them nobody could say later which event a broken record was.
 *
 * @param number its place in the sending order, from 0
 * @param event the number of the event that it came from: for a generator its n, for a file its row, from 0
 * @param faults what was done to it, the one that decides its fate first; empty for nothing
 * @param id the id of the event, and the key of the record where it brings none; empty where a file's row could not be read
 * @param eventTime empty where a file's row could not be read
 * @param arrival when it is due in the log, in the feed's own time; never falls from one record to the next
 * @param value the message, sent as it is
 * @param beside what a message of a topic has beside its value
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes go out as they are; nobody asks whether two records are equal
public record FeedRecord(
        long number,
        long event,
        List<Fault> faults,
        Optional<String> id,
        Optional<Instant> eventTime,
        Instant arrival,
        byte[] value,
        Beside beside) {

    /** A message's own key, which goes before the event's id, and its headers. */
    public record Beside(Optional<byte[]> key, Map<String, byte[]> headers) {
        public static final Beside NOTHING = new Beside(Optional.empty(), Map.of());
    }

    public FeedRecord {
        faults = List.copyOf(faults);
    }

    /** With nothing beside its value. */
    public FeedRecord(
            long number,
            long event,
            List<Fault> faults,
            Optional<String> id,
            Optional<Instant> eventTime,
            Instant arrival,
            byte[] value) {
        this(number, event, faults, id, eventTime, arrival, value, Beside.NOTHING);
    }

    public FeedRecord(
            long number,
            long event,
            Fault fault,
            Optional<String> id,
            Optional<Instant> eventTime,
            Instant arrival,
            byte[] value) {
        this(number, event, fault == Fault.NONE ? List.of() : List.of(fault), id, eventTime, arrival, value);
    }

    /** The same record with what it brings beside its value. */
    public FeedRecord with(Beside brought) {
        return new FeedRecord(number, event, faults, id, eventTime, arrival, value, brought);
    }

    /** What decides its fate. */
    public Fault fault() {
        return faults.isEmpty() ? Fault.NONE : faults.get(0);
    }

    /** How long after its event time it arrives; empty where the event time is not known. */
    public Optional<Duration> delay() {
        return eventTime.map(time -> Duration.between(time, arrival));
    }

    FeedRecord sentAs(long newNumber, Instant newArrival) {
        return new FeedRecord(newNumber, event, faults, id, eventTime, newArrival, value, beside);
    }
}
