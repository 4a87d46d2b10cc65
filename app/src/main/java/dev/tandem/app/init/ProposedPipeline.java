package dev.tandem.app.init;

import dev.tandem.app.init.Sample.Sampled;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A proposed definition and what was measured for it.
 *
 * @param text the definition
 * @param summary what was measured, line by line
 * @param sample the sampled records as a file, where they were not read from one
 */
public record ProposedPipeline(
        String name, String text, List<String> summary, Measured measured, Optional<SampleFile> sample) {
    /** The sampled records as a file that {@code --input} takes. */
    @SuppressWarnings("ArrayRecordComponent") // written once; nobody compares two
    public record SampleFile(String name, byte[] content) {}

    /** The figures behind the proposal; counts are of records. */
    public record Measured(
            long records,
            long malformed,
            String eventTime,
            long outOfOrder,
            Duration furthestBehind,
            Duration delay,
            long behindDelay,
            List<String> key,
            long duplicates) {}

    static ProposedPipeline of(Proposal proposal) {
        var event = proposal.event();
        var dedup = proposal.dedup();
        var measured = new Measured(
                proposal.sample().size(),
                proposal.read().malformed(),
                event.field().name(),
                event.lateness().outOfOrder(),
                event.lateness().greatest(),
                event.delay(),
                event.lateness().moreBehindThan(event.delay()),
                dedup.map(it -> it.key().fields()).orElse(List.of()),
                dedup.map(it -> it.key().duplicates()).orElse(0L));
        var summary = Stream.of(
                        Summary.reading(proposal),
                        proposal.notes().stream().map(it -> "Note: " + it + ".").toList(),
                        Summary.lateness(proposal),
                        Summary.keys(proposal))
                .flatMap(List::stream)
                .toList();
        return new ProposedPipeline(
                proposal.name(), DefinitionText.of(proposal), summary, measured, sampleFile(proposal.sample()));
    }

    /** One record a line: between the parts of a JSON value a line break means no more than a blank. */
    private static Optional<SampleFile> sampleFile(Sample sample) {
        if (!sample.place().isTopic() && !sample.place().isTable()) {
            return Optional.empty();
        }
        var content = new ByteArrayOutputStream();
        for (Sampled record : sample.records()) {
            for (byte letter : record.bytes()) {
                content.write(!sample.csv() && (letter == '\n' || letter == '\r') ? ' ' : letter);
            }
            content.write('\n');
        }
        return Optional.of(new SampleFile(sample.csv() ? "sample.csv" : "sample.jsonl", content.toByteArray()));
    }
}
