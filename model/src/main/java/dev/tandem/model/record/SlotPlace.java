package dev.tandem.model.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What {@link JsonSlots} has to know of a {@link JsonPlace}.
 *
 * @param slot of the field that is read here, if {@code column} says how
 */
record SlotPlace(int slot, Optional<SlotColumn> column, Optional<Members> members, Optional<Elements> elements) {
    /** No record can spell it: it is not UTF-8. */
    private static final byte[] NO_NAME = {(byte) 0xFF};

    static SlotPlace of(JsonPlace place, SlotColumn[] columns) {
        int slot = place.field().orElse(-1);
        return new SlotPlace(
                slot,
                slot < 0 ? Optional.empty() : Optional.of(columns[slot]),
                place.members().isEmpty() ? Optional.empty() : Optional.of(new Members(place, columns)),
                place.elements().isEmpty() ? Optional.empty() : Optional.of(new Elements(place, columns)));
    }

    /** Whether nothing is read within the value here. */
    boolean isLeaf() {
        return members.isEmpty() && elements.isEmpty();
    }

    /**
     * The members that are read of one object. The members of most records come in one order, so the one that followed last time
     * is tried first; only another name is looked up.
     */
    static final class Members {
        private final SlotPlace[] places;
        private final NameTable names;
        private final boolean[] seen;
        /** The member that came first, and behind it for each the one that came next: where to look first, never what to find. */
        private final int[] following;

        private int before;

        Members(JsonPlace object, SlotColumn[] columns) {
            places = object.members().values().stream()
                    .map(member -> of(member, columns))
                    .toArray(SlotPlace[]::new);
            names = new NameTable(
                    object.members().keySet().stream().map(Members::spelt).toArray(byte[][]::new));
            seen = new boolean[places.length];
            following = new int[places.length + 1];
            Arrays.fill(following, NameTable.UNKNOWN);
        }

        /** The name as a record spells it without escapes, if it can. */
        private static byte[] spelt(String name) {
            var bytes = name.getBytes(StandardCharsets.UTF_8);
            boolean plain = name.chars().noneMatch(letter -> letter < ' ' || letter == '"' || letter == '\\');
            boolean encodable = new String(bytes, StandardCharsets.UTF_8).equals(name);
            return plain && encodable ? bytes : NO_NAME;
        }

        /** Begins another object. */
        void begin() {
            Arrays.fill(seen, false);
            before = 0;
        }

        /** The length of the expected member's name if it begins at {@code from} and a quote follows it, else a negative number. */
        int expected(byte[] bytes, int from) {
            int guess = following[before];
            if (guess < 0) {
                return -1;
            }
            int length = names.length(guess);
            boolean found =
                    bytes.length - from > length && bytes[from + length] == '"' && names.is(guess, bytes, from, length);
            return found ? length : -1;
        }

        int expected() {
            return following[before];
        }

        int position(byte[] bytes, int from, int to) {
            return names.position(bytes, from, to);
        }

        /** Notes that {@code member} is the next one; false if it has been there before. */
        boolean isFirst(int member) {
            following[before] = member;
            before = member + 1;
            boolean first = !seen[member];
            seen[member] = true;
            return first;
        }

        SlotPlace place(int member) {
            return places[member];
        }
    }

    /** The elements that are read of one list. */
    static final class Elements {
        private final int[] indexes;
        private final List<SlotPlace> places;

        Elements(JsonPlace list, SlotColumn[] columns) {
            indexes = list.elements().keySet().stream()
                    .mapToInt(Integer::intValue)
                    .toArray();
            places = list.elements().values().stream()
                    .map(element -> of(element, columns))
                    .toList();
        }

        /** The place at {@code index}, if something is read there. */
        Optional<SlotPlace> at(int index) {
            int found = Arrays.binarySearch(indexes, index);
            return found < 0 ? Optional.empty() : Optional.of(places.get(found));
        }
    }
}
