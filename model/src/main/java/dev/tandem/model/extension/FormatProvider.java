package dev.tandem.model.extension;

import dev.tandem.model.RecordFormat;

/** A format of records that a jar brings; a definition names it with {@code format: { extension: NAME }}. */
public interface FormatProvider extends Provider, RecordFormat {}
