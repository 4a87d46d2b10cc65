package dev.tandem.feed;

import java.util.List;

/** A model of data: event n is a function of the seed and n, whatever was asked before, so "seed 7, event 4211" tells a failure. */
public interface Generator {

    Event event(long number);

    /** The columns where the events are CSV rows; empty where they are messages. */
    default List<String> columns() {
        return List.of();
    }
}
