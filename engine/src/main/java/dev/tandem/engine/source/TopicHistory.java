package dev.tandem.engine.source;

import java.util.Optional;

/** What the ledger's database keeps of the topic that a stream reads: which topic it is, and what of it was never read. */
public interface TopicHistory {
    /** The entry with the highest number; empty before the stream's first start. */
    Optional<KnownTopic> latest();

    /** Returns when the database has it. */
    void add(KnownTopic topic);

    /** For a stream whose ledger is thrown away with it: every start is the first. */
    static TopicHistory none() {
        return new TopicHistory() {
            @Override
            public Optional<KnownTopic> latest() {
                return Optional.empty();
            }

            @Override
            public void add(KnownTopic topic) {}
        };
    }
}
