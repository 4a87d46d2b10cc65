package dev.tandem.fold;

import dev.tandem.model.Window.Span;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Identifies a row of a grouped view: the view's number in the plan, the window and the key. */
public record RowKey(int view, Span window, List<@Nullable Object> key) implements Serializable {}
