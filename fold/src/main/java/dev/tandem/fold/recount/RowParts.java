package dev.tandem.fold.recount;

import dev.tandem.fold.Coordinates;
import dev.tandem.fold.Shape;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.WindowBounds;
import dev.tandem.model.Window.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of several parts a row belongs to, so that what both modes stored and must have stored of one row meets in one part. All
 * sessions of a key are in one part, since their bounds may differ between the modes.
 */
public record RowParts(int parts) {
    private static final long MIX = 0x9E3779B97F4A7C15L;

    /** The part of a row of a grouped view. */
    public int of(Shape view, Span window, List<? extends @Nullable Object> key) {
        long hash = view.window().isSession() ? view.name().hashCode() : hash(view.name(), window);
        for (var value : key) {
            hash = mixed(hash + hash(value));
        }
        return part(hash);
    }

    /** The part of all rows of a window of a view that ranks another one's. */
    public int ofRanks(String view, Span window) {
        return part(hash(view, window));
    }

    /** The part of a record. */
    public int of(Coordinates at) {
        return part(mixed(at.position() + mixed(at.partition())));
    }

    private static long hash(String view, Span window) {
        return mixed(mixed(view.hashCode() + WindowBounds.start(window)) + Watermarks.endMicros(window));
    }

    /** Some databases store null for NaN and the infinities, and none distinguishes zero from negative zero. */
    private static long hash(@Nullable Object value) {
        if (value instanceof Double number) {
            return Double.isFinite(number) && number != 0 ? number.hashCode() : 0;
        }
        return value == null ? 0 : value.hashCode();
    }

    private static long mixed(long hash) {
        long mixed = hash * MIX;
        return mixed ^ (mixed >>> 32);
    }

    private int part(long hash) {
        return (int) Math.floorMod(mixed(hash), (long) parts);
    }
}
