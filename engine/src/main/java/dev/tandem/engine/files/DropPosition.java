package dev.tandem.engine.files;

import java.util.regex.Pattern;
import org.apache.spark.sql.connector.read.streaming.Offset;

/** A position in a file drop, written down the way Kafka's source writes its own: {@code {"name":{"0":4211}}}. */
final class DropPosition extends Offset {
    private static final Pattern WRITTEN = Pattern.compile("\\{\".*\":\\{\"0\":(\\d+)}}");

    private final String name;
    private final long position;

    DropPosition(String name, long position) {
        this.name = name;
        this.position = position;
    }

    static DropPosition read(String name, String json) {
        var matcher = WRITTEN.matcher(json);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'%s' is no position of a file drop".formatted(json));
        }
        return new DropPosition(name, Long.parseLong(matcher.group(1)));
    }

    long position() {
        return position;
    }

    @Override
    public String json() {
        return "{\"%s\":{\"0\":%d}}".formatted(name, position);
    }
}
