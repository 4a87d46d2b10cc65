package dev.tandem.model;

/** One thing wrong with a definition: where, what, and the mend. */
public record Problem(Place place, String what, String mend) {}
