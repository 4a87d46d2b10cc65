package dev.tandem.feed;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A generator's events with the faults of a plan, in the order of their arrival. Only what is held back waits in memory, as four
 * numbers each; the message is made when its turn comes. An event's time grows with its number, so a held one may go as soon as
 * the next event is not before it.
 */
record GeneratedFeed(Generation generation, Generator generator) implements Feed {

    private static final Duration FUTURE = Duration.ofDays(3653); // ten years

    @Override
    public Stream<FeedRecord> records() {
        return Feed.inOrder(new Arrivals());
    }

    @Override
    public List<String> columns() {
        return generator.columns();
    }

    @Override
    public OptionalLong size() {
        var plan = generation.faults();
        var events = generation.events();
        if (events.isEmpty() || plan.duplicate().share() == 0) {
            return events;
        }
        var copies = LongStream.range(0, events.getAsLong())
                .filter(event ->
                        plan.decide(generation.seed(), event).copyAfter().isPresent())
                .count();
        return OptionalLong.of(events.getAsLong() + copies);
    }

    /** A record that is held back; its arrival in nanoseconds from the start. At one moment the earlier event goes first. */
    private record PlannedEvent(long arrival, long event, Fault fault) implements Comparable<PlannedEvent> {
        @Override
        public int compareTo(PlannedEvent other) {
            var byArrival = Long.compare(arrival, other.arrival);
            return byArrival != 0 ? byArrival : Long.compare(event, other.event);
        }
    }

    private final class Arrivals implements Iterator<FeedRecord> {
        private final PriorityQueue<PlannedEvent> waiting = new PriorityQueue<>();
        private final long spacing = generation.spacing().toNanos();
        private final long events = generation.events().orElse(Long.MAX_VALUE);
        private long nextEvent;
        private long sent;

        @Override
        public boolean hasNext() {
            return nextEvent < events || !waiting.isEmpty();
        }

        @Override
        public FeedRecord next() {
            while (nextEvent < events && (waiting.isEmpty() || waiting.element().arrival() > nextEvent * spacing)) {
                var event = nextEvent++;
                var turn = event * spacing;
                var decision = generation.faults().decide(generation.seed(), event);
                var arrival = turn + decision.delay();
                decision.copyAfter()
                        .ifPresent(after -> waiting.add(new PlannedEvent(arrival + after, event, Fault.DUPLICATE)));
                if (arrival == turn) {
                    return record(turn, event, decision.fault());
                }
                waiting.add(new PlannedEvent(arrival, event, decision.fault()));
            }
            if (waiting.isEmpty()) {
                throw new NoSuchElementException();
            }
            var held = waiting.remove();
            return record(held.arrival(), held.event(), held.fault());
        }

        private FeedRecord record(long arrival, long number, Fault fault) {
            var event = generator.event(number);
            return new FeedRecord(
                    sent++,
                    number,
                    faults(fault, event.fault()),
                    Optional.of(event.id()),
                    Optional.of(event.time()),
                    generation.start().plusNanos(arrival),
                    message(event, number, fault));
        }

        private static List<Fault> faults(Fault met, Fault own) {
            return Stream.of(met, own)
                    .filter(fault -> fault != Fault.NONE)
                    .distinct()
                    .toList();
        }

        private byte[] message(Event event, long number, Fault fault) {
            return switch (fault) {
                case NONE, LATE, OUT_OF_ORDER -> event.message();
                case DUPLICATE -> event.messageAgain();
                case MISSING_ID -> event.messageWithoutId();
                case FUTURE_DATED -> event.messageDated(event.time().plus(FUTURE));
                case MALFORMED -> malformed(event, Chance.MALFORMING.of(generation.seed(), number));
                case NEGATIVE_QUANTITY, NEGATIVE_PRICE, UNKNOWN_TYPE, MISSING_VALUE -> event.messageWith(fault);
            };
        }

        private byte[] malformed(Event event, SplittableRandom random) {
            return generator.columns().isEmpty()
                    ? Malformation.any(event, random)
                    : Malformation.anyOfARow(event, random);
        }
    }
}
