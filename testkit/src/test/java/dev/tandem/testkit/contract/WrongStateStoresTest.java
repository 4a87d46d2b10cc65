package dev.tandem.testkit.contract;

import dev.tandem.testkit.contract.StateStoreContract.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** State stores with one mistake each; the contract must find every one. */
class WrongStateStoresTest {
    /** Trusts the disk. */
    static class WithoutChecksums extends MemoryStateStore {
        @Override
        MemoryStates states() {
            return new MemoryStates() {
                @Override
                byte[] packed(String text) {
                    return text.getBytes(StandardCharsets.UTF_8);
                }

                @Override
                String unpacked(byte[] packed) {
                    return new String(packed, StandardCharsets.UTF_8);
                }
            };
        }
    }

    /** Takes a state for complete when its first file is there. */
    static class TooEarly extends MemoryStateStore {
        @Override
        MemoryStates states() {
            return new MemoryStates() {
                @Override
                Optional<State> state(long number) {
                    return Optional.of(new State("layout", number, "mark " + number));
                }
            };
        }
    }

    /** Deletes nothing, so that the disk fills. */
    static class Hoarding extends MemoryStateStore {
        @Override
        MemoryStates states() {
            return new MemoryStates() {
                @Override
                public void keepOnly(long number) {
                    // Forgotten.
                }
            };
        }
    }

    /** Deletes complete states only, and leaves those that were never completed. */
    static class LeavingOrphans extends MemoryStateStore {
        @Override
        MemoryStates states() {
            return new MemoryStates() {
                @Override
                public void keepOnly(long number) {
                    disk.keySet()
                            .removeIf(other -> other != number && state(other).isPresent());
                }
            };
        }
    }

    /** Adds to what is there. */
    static class Appending extends MemoryStateStore {
        @Override
        MemoryStates states() {
            return new MemoryStates() {
                @Override
                public void write(long number, String partition, List<String> items) {
                    var all = new ArrayList<String>();
                    try {
                        all.addAll(read(number, partition));
                    } catch (IOException nothing) {
                        // The first of its name.
                    }
                    all.addAll(items);
                    super.write(number, partition, all);
                }
            };
        }
    }

    @Test
    void oneWithoutChecksumsIsCaught() {
        ContractRun.catches(WithoutChecksums.class);
    }

    @Test
    void oneThatCompletesTooEarlyIsCaught() {
        ContractRun.catches(TooEarly.class);
    }

    @Test
    void oneThatDeletesNothingIsCaught() {
        ContractRun.catches(Hoarding.class);
    }

    @Test
    void oneThatLeavesOrphansIsCaught() {
        ContractRun.catches(LeavingOrphans.class);
    }

    @Test
    void oneThatAppendsIsCaught() {
        ContractRun.catches(Appending.class);
    }
}
