package dev.tandem.parity.report;

import dev.tandem.parity.Report.WindowState;
import java.util.Locale;

/** How a window or a verdict is shown, from harmless to grave; always as icon, word and colour together. */
enum WindowStatus {
    AGREE("✔", Paint.AGREE, Paint.AGREE_GROUND),
    OPEN("◌", Paint.PENDING, Paint.PENDING_GROUND),
    WITHIN_TOLERANCE("≈", Paint.TOLERANCE, Paint.TOLERANCE_GROUND),
    EXPLAINED("✔", Paint.PANEL, Paint.EXPLAINED),
    UNEXPLAINED("✖", Paint.PANEL, Paint.DISAGREE);

    private final String icon;
    private final Paint ink;
    private final Paint ground;

    WindowStatus(String icon, Paint ink, Paint ground) {
        this.icon = icon;
        this.ink = ink;
        this.ground = ground;
    }

    static WindowStatus of(WindowState state) {
        return switch (state) {
            case AGREE -> AGREE;
            case OPEN -> OPEN;
            case EXPLAINED -> EXPLAINED;
            case UNEXPLAINED -> UNEXPLAINED;
        };
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    String word() {
        return code().replace('_', ' ');
    }

    String icon() {
        return icon;
    }

    Paint ink() {
        return ink;
    }

    Paint ground() {
        return ground;
    }
}
