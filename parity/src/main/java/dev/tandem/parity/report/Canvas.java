package dev.tandem.parity.report;

import java.util.List;

/**
 * What a chart can draw with: few enough strokes that SVG text and pixels are each written in one small class, so a chart is
 * described once and looks the same in the page, as a vector file and as a picture. Lengths are in pixels at 100 %, y downward.
 */
interface Canvas {
    record Point(double x, double y) {}

    record Area(double x, double y, double width, double height) {
        double right() {
            return x + width;
        }

        double bottom() {
            return y + height;
        }

        double middle() {
            return y + height / 2;
        }

        double centre() {
            return x + width / 2;
        }
    }

    enum Dash {
        SOLID,
        DASHED
    }

    record Stroke(Paint paint, double thickness, Dash dash) {
        static Stroke solid(Paint paint, double thickness) {
            return new Stroke(paint, thickness, Dash.SOLID);
        }

        static Stroke dashed(Paint paint, double thickness) {
            return new Stroke(paint, thickness, Dash.DASHED);
        }
    }

    enum Anchor {
        START,
        MIDDLE,
        END
    }

    enum Weight {
        PLAIN,
        BOLD
    }

    record Lettering(Paint paint, double size, Weight weight, Anchor anchor) {
        static Lettering of(Paint paint) {
            return new Lettering(paint, 13, Weight.PLAIN, Anchor.START);
        }

        Lettering sized(double to) {
            return new Lettering(paint, to, weight, anchor);
        }

        Lettering bold() {
            return new Lettering(paint, size, Weight.BOLD, anchor);
        }

        Lettering anchored(Anchor to) {
            return new Lettering(paint, size, weight, to);
        }

        /** About how wide {@code words} are at the size of a label: enough to keep two labels apart. */
        static double widthOfLabel(String words) {
            return 6.7 * words.length();
        }
    }

    void box(Area area, double radius, Paint fill);

    void frame(Area area, double radius, Stroke stroke);

    void trace(List<Point> points, Stroke stroke);

    void dot(Point centre, double radius, Paint fill);

    /** {@code at} is on the base line. */
    void words(Point at, String text, Lettering lettering);

    /** What a pointer resting on the area is told; nothing in a picture. */
    void hint(Area area, String text);

    default void line(Point from, Point to, Stroke stroke) {
        trace(List.of(from, to), stroke);
    }

    /** ● */
    default void streamMark(Point at) {
        dot(at, 4, Paint.STREAM);
    }

    /** □ */
    default void batchMark(Point at) {
        var square = new Area(at.x() - 4.5, at.y() - 4.5, 9, 9);
        box(square, 1, Paint.PANEL);
        frame(square, 1, Stroke.solid(Paint.BATCH, 1.8));
    }
}
