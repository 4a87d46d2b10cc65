package dev.tandem.parity.report;

import java.util.Arrays;
import java.util.Locale;

/** What became of a window, from harmless to grave; always shown as icon, word and colour together. */
enum WindowStatus {
    AGREE("✔", Paint.AGREE, Paint.AGREE_GROUND),
    OPEN("◌", Paint.PENDING, Paint.PENDING_GROUND),
    WITHIN_TOLERANCE("≈", Paint.TOLERANCE, Paint.TOLERANCE_GROUND),
    EXPLAINED("✔", Paint.PANEL, Paint.AGREE),
    UNEXPLAINED("✖", Paint.PANEL, Paint.DISAGREE);

    private final String icon;
    private final Paint ink;
    private final Paint ground;

    WindowStatus(String icon, Paint ink, Paint ground) {
        this.icon = icon;
        this.ink = ink;
        this.ground = ground;
    }

    static WindowStatus of(String code) {
        return Arrays.stream(values())
                .filter(status -> status.code().equals(code))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Cannot show window status '%s': it is none of %s; give one of them"
                                .formatted(
                                        code,
                                        Arrays.stream(values())
                                                .map(WindowStatus::code)
                                                .toList())));
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
