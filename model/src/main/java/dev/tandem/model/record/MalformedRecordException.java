package dev.tandem.model.record;

/** A record that is not what the schema says; the message says which field and why. Carries no stack trace: it is a result. */
public final class MalformedRecordException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedRecordException(String message) {
        super(printable(message), null, false, false);
    }

    /** The message quotes what a stranger sent; databases and terminals must be able to hold it. */
    private static String printable(String message) {
        return message.codePoints()
                .map(letter -> TextValues.storable(letter) && !Character.isISOControl(letter) ? letter : '\uFFFD')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
