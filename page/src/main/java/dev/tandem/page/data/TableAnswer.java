package dev.tandem.page.data;

import java.time.Instant;
import java.util.List;

/**
 * An answer about tables that other programs made.
 *
 * @param verb which question it was
 * @param sentences what it comes to
 * @param report where it is as a page of its own
 * @param text all of it, as it was told
 */
public record TableAnswer(
        String verb, String name, Instant at, String verdict, List<String> sentences, String report, String text) {
    public TableAnswer {
        sentences = List.copyOf(sentences);
    }
}
