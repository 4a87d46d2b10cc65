package dev.tandem.model.extension;

/** Something that a jar brings and a definition names. It has a public constructor without parameters. */
public interface Provider {
    /** The name in definitions: a letter or underscore, then letters, digits and underscores. */
    String name();
}
