package dev.tandem.model.record;

/** In the place of a fast reader where there is none for a format. */
final class StrictOnly implements SlotReader {
    @Override
    public boolean read(byte[] record, Slots slots) {
        return false;
    }
}
