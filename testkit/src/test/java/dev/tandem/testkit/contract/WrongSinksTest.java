package dev.tandem.testkit.contract;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sinks with one mistake each; the contract must find every one. */
class WrongSinksTest {
    /** Adds what comes, as a queue does. */
    static class Appending extends SinkContract {
        private final List<Item> stored = new ArrayList<>();

        @Override
        protected Opened open() {
            return new Opened() {
                @Override
                public void write(long number, Iterator<Item> items) {
                    items.forEachRemaining(stored::add);
                }

                @Override
                public void close() {}
            };
        }

        @Override
        protected List<Item> read() {
            return stored;
        }
    }

    /** Keeps what it is given until it is closed, so that a process that dies has lost it; and what another one wrote. */
    static class Forgetting extends SinkContract {
        private List<Item> stored = new ArrayList<>();

        @Override
        protected Opened open() {
            var own = new ArrayList<Item>();
            return new Opened() {
                @Override
                public void write(long number, Iterator<Item> items) {
                    items.forEachRemaining(own::add);
                }

                @Override
                public void close() {
                    stored = own;
                }
            };
        }

        @Override
        protected List<Item> read() {
            return stored;
        }
    }

    /** Takes a row that it has seen for one that was written, whatever came of it. */
    static class Skipping extends SinkContract {
        private final List<Item> stored = new ArrayList<>();
        private long highest;

        @Override
        protected Opened open() {
            return new Opened() {
                @Override
                public void write(long number, Iterator<Item> items) {
                    if (number > highest) {
                        highest = number;
                        items.forEachRemaining(stored::add);
                    }
                }

                @Override
                public void close() {}
            };
        }

        @Override
        protected List<Item> read() {
            return stored;
        }
    }

    @Test
    void oneThatOnlyAddsIsCaught() {
        ContractRun.catches(Appending.class);
    }

    @Test
    void oneThatForgetsEarlierRunsIsCaught() {
        ContractRun.catches(Forgetting.class);
    }

    @Test
    void oneThatWritesNoNumberTwiceIsCaught() {
        ContractRun.catches(Skipping.class);
    }
}
