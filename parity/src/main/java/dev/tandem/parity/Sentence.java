package dev.tandem.parity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The verdict in one sentence that a person can repeat. */
record Sentence(Verdict verdict, Report.Accuracy accuracy, Map<Cause, Report.CauseCount> causes) {
    String told() {
        return switch (verdict) {
            case PENDING -> "No window has closed in the stream yet, so there is nothing final to compare.";
            case AGREE ->
                "Stream and batch agree on all %s closed rows, to the last digit."
                        .formatted(grouped(accuracy.comparedRows()));
            case WITHIN_TOLERANCE ->
                "Stream and batch agree on %s of %s closed rows; the others are within the allowed difference."
                        .formatted(grouped(accuracy.agreeingRows()), grouped(accuracy.comparedRows()));
            case AGREE_WITH_CAUSES ->
                "Stream and batch agree on %s of %s closed rows; each of the other %s is explained by %s."
                        .formatted(
                                grouped(accuracy.agreeingRows()),
                                grouped(accuracy.comparedRows()),
                                grouped(differing()),
                                reasons());
            case DISAGREE ->
                "Stream and batch differ on %s of %s closed rows, and not every difference is explained (%s)."
                        .formatted(grouped(differing()), grouped(accuracy.comparedRows()), reasons());
        };
    }

    private long differing() {
        return accuracy.comparedRows() - accuracy.agreeingRows();
    }

    private String reasons() {
        var told = new ArrayList<String>();
        causes.forEach((cause, count) -> {
            if (cause != Cause.OPEN && cause != Cause.AHEAD) {
                told.add(reason(cause, count));
            }
        });
        return joined(told);
    }

    private static String reason(Cause cause, Report.CauseCount count) {
        return switch (cause) {
            case LATE -> grouped(count.records()) + " late record" + plural(count.records());
            case LATE_PARTIAL -> grouped(count.records()) + " partly late record" + plural(count.records());
            case DUP_HORIZON ->
                grouped(count.records()) + " duplicate" + plural(count.records()) + " beyond the horizon";
            case DUP_CHOICE ->
                grouped(count.records()) + (count.records() == 1 ? " earlier copy" : " earlier copies")
                        + " that could not be taken back";
            case SESSION_BRIDGE -> grouped(count.records()) + " session bridge" + plural(count.records());
            default -> "%s row%s with cause '%s'".formatted(grouped(count.rows()), plural(count.rows()), cause.code());
        };
    }

    private static String plural(long count) {
        return count == 1 ? "" : "s";
    }

    private static String joined(List<String> parts) {
        return parts.size() < 2
                ? String.join("", parts)
                : String.join(", ", parts.subList(0, parts.size() - 1)) + " and " + parts.get(parts.size() - 1);
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
