package dev.tandem.testkit.contract;

import dev.tandem.testkit.contract.StateStoreContract.State;
import dev.tandem.testkit.contract.StateStoreContract.Stored;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** The smallest state store that keeps the contract: texts behind their checksums, by number and name. */
class MemoryStates implements StateStoreContract.Opened {
    private static final String COMPLETE = "complete";
    private static final String BETWEEN = "\n";

    /** What survives a process: the disk. */
    final NavigableMap<Long, NavigableMap<String, byte[]>> disk = new TreeMap<>();

    byte[] packed(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + bytes.length)
                .putLong(checksum(bytes))
                .put(bytes)
                .array();
    }

    private static long checksum(byte[] bytes) {
        var checksum = new CRC32();
        checksum.update(bytes);
        return checksum.getValue();
    }

    String unpacked(byte[] packed) throws IOException {
        if (packed.length < Long.BYTES) {
            throw new IOException("it ends too early");
        }
        byte[] bytes = Arrays.copyOfRange(packed, Long.BYTES, packed.length);
        if (ByteBuffer.wrap(packed).getLong() != checksum(bytes)) {
            throw new IOException("it is torn");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    void put(long number, String name, byte[] bytes) {
        disk.computeIfAbsent(number, it -> new TreeMap<>()).put(name, bytes);
    }

    private Optional<byte[]> found(long number, String name) {
        return Optional.ofNullable(disk.getOrDefault(number, new TreeMap<>()).get(name));
    }

    private String text(long number, String name) throws IOException {
        return unpacked(found(number, name).orElseThrow(() -> new IOException("it is not there")));
    }

    @Override
    public void write(long number, String partition, List<String> items) {
        put(number, partition, packed(String.join(BETWEEN, items)));
    }

    @Override
    public void tear(long number, String partition, List<String> items) {
        byte[] whole = packed(String.join(BETWEEN, items));
        put(number, partition, Arrays.copyOf(whole, whole.length / 2));
    }

    @Override
    public List<String> read(long number, String partition) throws IOException {
        var text = text(number, partition);
        return text.isEmpty() ? List.of() : List.of(text.split(BETWEEN));
    }

    @Override
    public void complete(State state, String rest) {
        put(state.number(), COMPLETE, packed(String.join(BETWEEN, state.layout(), state.mark(), rest)));
    }

    @Override
    public String rest(long number) throws IOException {
        return text(number, COMPLETE).split(BETWEEN)[2];
    }

    @Override
    public List<State> states() {
        var states = new ArrayList<State>();
        for (long number : disk.descendingKeySet()) {
            state(number).ifPresent(states::add);
        }
        return states;
    }

    Optional<State> state(long number) {
        try {
            var lines = text(number, COMPLETE).split(BETWEEN);
            return Optional.of(new State(lines[0], number, lines[1]));
        } catch (IOException notWhole) {
            return Optional.empty();
        }
    }

    @Override
    public void keepOnly(long number) {
        disk.keySet().removeIf(other -> other != number);
    }

    long size() {
        return disk.values().stream()
                .flatMap(files -> files.values().stream())
                .mapToLong(bytes -> bytes.length)
                .sum();
    }

    Stored completion(long number) {
        return stored(number, COMPLETE);
    }

    Stored stored(long number, String name) {
        return new Stored() {
            @Override
            public byte[] bytes() throws IOException {
                return found(number, name).orElseThrow(() -> new IOException("it is not there"));
            }

            @Override
            public void replace(byte[] bytes) {
                put(number, name, bytes);
            }

            @Override
            public void delete() {
                disk.getOrDefault(number, new TreeMap<>()).remove(name);
            }
        };
    }
}
