package dev.tandem.segments;

import dev.tandem.fold.block.BlockWriter;
import dev.tandem.model.Reason;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The state files of one pipeline: a folder for each micro-batch after which the state was saved, with a file for each partition and
 * one that is written last and completes it. They are a cache. Deleting them costs the time to read the landed log again, and no
 * data.
 */
public final class StateFolder implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String COMPLETE = "complete";
    private static final String ENDING = ".state";

    /**
     * A saved state.
     *
     * @param layout what the state fits: equal layouts can read each other's files
     * @param number of the micro-batch after which it was saved
     * @param mark what the ledger calls that micro-batch, so that the state of another database is not taken for its own
     */
    public record Saved(String layout, long number, String mark) {}

    private final SegmentPlace at;
    private final String pipeline;
    private final transient OpenPlace place;

    public StateFolder(SegmentPlace at, String pipeline) {
        this.at = at;
        this.place = at.open();
        this.pipeline = pipeline;
    }

    /** Opens the folder where it has travelled to. */
    private Object readResolve() {
        return new StateFolder(at, pipeline);
    }

    /** Writes the file of one partition of the state after micro-batch {@code number}. */
    public StateWriter writer(long number, String partition) {
        return new StateWriter(place, place.path(name(number, partition)));
    }

    /**
     * Reads the file of one partition.
     *
     * @throws IOException if it is not there or torn
     */
    public StateReader reader(long number, String partition) throws IOException {
        return StateReader.open(place, name(number, partition));
    }

    /** Completes a state, all of whose partitions are written; {@code rest} comes back from {@link #rest}. */
    public void complete(Saved saved, BlockWriter rest) {
        try (var writer = writer(saved.number(), COMPLETE)) {
            var head = new BlockWriter();
            head.writeText(saved.layout());
            head.writeLong(saved.number());
            head.writeText(saved.mark());
            writer.chunk(head);
            writer.chunk(rest);
            writer.finish();
        }
    }

    /** The complete states that {@code fits}, the latest first. A file that cannot be read completes nothing. */
    public List<Saved> saved(Predicate<Saved> fits) {
        var saved = new ArrayList<Saved>();
        for (long number : numbers()) {
            head(number).filter(fits).ifPresent(saved::add);
        }
        saved.sort(Comparator.comparingLong(Saved::number).reversed());
        return saved;
    }

    private Optional<Saved> head(long number) {
        try (var reader = reader(number, COMPLETE)) {
            var head = reader.chunk();
            return Optional.of(new Saved(head.readText(), head.readLong(), head.readText()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * What was handed over with {@link #complete}, after its head.
     *
     * @throws IOException if it cannot be read any more
     */
    public byte[] rest(long number) throws IOException {
        try (var reader = reader(number, COMPLETE)) {
            reader.chunk();
            var rest = reader.chunk();
            return rest.readRaw(rest.end() - rest.position());
        }
    }

    /** Deletes all states but that of micro-batch {@code number}. */
    public void keepOnly(long number) {
        try {
            for (long other : numbers()) {
                if (other != number) {
                    place.files().delete(place.path(folder(other)), true);
                }
            }
        } catch (IOException e) {
            throw failed("delete", e);
        }
    }

    private List<Long> numbers() {
        try {
            var numbers = new ArrayList<Long>();
            for (FileStatus status : place.files().listStatus(place.path(pipeline))) {
                var name = status.getPath().getName();
                if (status.isDirectory() && name.matches("[0-9]{1,18}")) {
                    numbers.add(Long.valueOf(name));
                }
            }
            return numbers;
        } catch (FileNotFoundException e) {
            return List.of();
        } catch (IOException e) {
            throw failed("list", e);
        }
    }

    private String folder(long number) {
        return pipeline + Path.SEPARATOR + number;
    }

    private String name(long number, String partition) {
        return folder(number) + Path.SEPARATOR + partition + ENDING;
    }

    private SegmentException failed(String what, IOException e) {
        return new SegmentException(
                "Cannot %s the state files of '%s' in %s: %s; check the rights of the folder"
                        .formatted(what, pipeline, place.base(), Reason.of(e)),
                e);
    }
}
