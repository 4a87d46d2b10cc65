package dev.tandem.parity.report;

/** The colours and rules of a report's page, for whoever makes another page of the same kind. */
public final class PageStyle {
    private PageStyle() {}

    /** A style sheet that needs nothing from elsewhere. */
    public static Html sheet() {
        return new Html(Paint.styleSheet() + Resource.text("report.css"));
    }
}
