package dev.tandem.feed;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/** The ways in which a message is broken on purpose: each was seen in a real log, and no reader may take one for a good message. */
enum Malformation {
    CUT {
        @Override
        byte[] of(Event event, SplittableRandom random) {
            var whole = event.message();
            return Arrays.copyOf(whole, random.nextInt(1, whole.length));
        }
    },
    WRONG_TYPE {
        @Override
        byte[] of(Event event, SplittableRandom random) {
            return event.messageMistyped();
        }
    },
    TRAILING_GARBAGE {
        @Override
        byte[] of(Event event, SplittableRandom random) {
            return inserted(event.message(), event.message().length, "}{\"again\":");
        }
    },
    NOT_JSON {
        @Override
        byte[] of(Event event, SplittableRandom random) {
            return "<html><body>502 Bad Gateway</body></html>".getBytes(StandardCharsets.UTF_8);
        }
    },
    /** Inside the first field's name: within a text a lenient reader would take it for a good message with a strange letter. */
    INVALID_UTF8 {
        @Override
        byte[] of(Event event, SplittableRandom random) {
            return inserted(event.message(), 2, new byte[] {(byte) 0xC3, (byte) 0x28});
        }
    };

    private static final Malformation[] ALL = values();

    abstract byte[] of(Event event, SplittableRandom random);

    static byte[] any(Event event, SplittableRandom random) {
        return ALL[random.nextInt(ALL.length)].of(event, random);
    }

    /** Of a CSV row, where most of the other ways would give a row that is merely shorter in its last cell. */
    static byte[] anyOfARow(Event event, SplittableRandom random) {
        return (random.nextBoolean() ? WRONG_TYPE : NOT_JSON).of(event, random);
    }

    private static byte[] inserted(byte[] message, int at, String more) {
        return inserted(message, at, more.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] inserted(byte[] message, int at, byte[] more) {
        return ByteBuffer.allocate(message.length + more.length)
                .put(message, 0, at)
                .put(more)
                .put(message, at, message.length - at)
                .array();
    }
}
