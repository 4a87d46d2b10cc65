package dev.tandem.model;

/** One thing wrong with a definition: where, what, and the hint. */
public record Problem(Place place, String what, String hint) {}
