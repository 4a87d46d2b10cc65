package dev.tandem.segments;

import dev.tandem.fold.NamedFile;
import dev.tandem.model.Reason;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The files of a pipeline's log in the folder. Some are orphans of tasks that failed, were repeated or were killed; no ledger row
 * names them. They are harmless, and take space until they are swept.
 */
public final class SegmentFolder {
    /** How the ids of runs begin that merge segments. */
    static final String MERGING = "merge_";

    /** The ledger may name a merged file as long after it was written. */
    private static final Duration MERGES_TAKE = Duration.ofDays(1);

    /** A file that no ledger row names and none ever will. */
    public record Orphan(String name, long bytes) {}

    /**
     * What the ledger says of the log.
     *
     * @param lastNumber of the last committed micro-batch
     * @param names of all files that it names
     */
    public record Ledger(long lastNumber, Set<String> names) {
        public Ledger {
            names = Set.copyOf(names);
        }

        /** @param files by micro-batch */
        public static Ledger of(long lastNumber, Map<Long, List<NamedFile>> files) {
            var names = new HashSet<String>();
            files.values().forEach(those -> those.forEach(file -> names.add(file.name())));
            return new Ledger(lastNumber, names);
        }
    }

    private final OpenPlace place;
    private final String pipeline;

    public SegmentFolder(SegmentPlace place, String pipeline) {
        this.place = place.open();
        this.pipeline = pipeline;
    }

    /**
     * The orphans, by name. Files of a micro-batch after the last committed one are orphans only if their run is not alive: a task may
     * be writing them now.
     *
     * @param ledger read before this is called, and not from a copy of the database
     * @param aliveRuns the ids of the runs that may still commit; empty for whoever has just taken over the pipeline
     */
    public List<Orphan> orphans(Ledger ledger, Set<String> aliveRuns) {
        var found = new ArrayList<Orphan>();
        try {
            eachFile(place.path(pipeline), file -> {
                var name =
                        place.base().toUri().relativize(file.getPath().toUri()).getPath();
                if (isOrphan(file, name, ledger, aliveRuns)) {
                    found.add(new Orphan(name, file.getLen()));
                }
            });
        } catch (IOException e) {
            throw failed("list", e);
        }
        found.sort(Comparator.comparing(Orphan::name));
        return List.copyOf(found);
    }

    /** The highest number of a micro-batch that has a complete file here; 0 if none has. */
    public long newest() {
        var newest = new AtomicLong();
        try {
            eachFile(place.path(pipeline), file -> {
                var name = file.getPath().getName();
                newest.accumulateAndGet(name.startsWith(FileName.UNFINISHED_START) ? 0 : number(name), Math::max);
            });
        } catch (IOException e) {
            throw failed("list", e);
        }
        return newest.get();
    }

    private long number(String name) {
        return FileName.read(name)
                .map(FileName::attempt)
                .filter(attempt -> attempt.pipeline().equals(pipeline))
                .map(Attempt::number)
                .orElse(0L);
    }

    /** Tasks may rename and remove files meanwhile, and before the first one there is no folder: what is gone is left out. */
    private void eachFile(Path folder, Consumer<FileStatus> action) throws IOException {
        FileStatus[] all;
        try {
            all = place.files().listStatus(folder);
        } catch (FileNotFoundException e) {
            return;
        }
        for (var file : all) {
            if (file.isDirectory()) {
                eachFile(file.getPath(), action);
            } else {
                action.accept(file);
            }
        }
    }

    private boolean isOrphan(FileStatus file, String name, Ledger ledger, Set<String> aliveRuns) {
        if (ledger.names().contains(name)) {
            return false;
        }
        return FileName.read(file.getPath().getName())
                .map(FileName::attempt)
                .filter(attempt -> attempt.pipeline().equals(pipeline))
                .filter(attempt -> attempt.number() <= ledger.lastNumber() || !aliveRuns.contains(attempt.run()))
                .filter(attempt -> !attempt.run().startsWith(MERGING) || isOld(file))
                .isPresent();
    }

    private static boolean isOld(FileStatus file) {
        return file.getModificationTime() < System.currentTimeMillis() - MERGES_TAKE.toMillis();
    }

    /** Deletes {@code orphans}, which {@link #orphans} found. */
    public void sweep(List<Orphan> orphans) {
        try {
            for (var orphan : orphans) {
                place.files().delete(place.path(orphan.name()), false);
            }
        } catch (IOException e) {
            throw failed("sweep", e);
        }
    }

    private SegmentException failed(String what, IOException e) {
        return new SegmentException(
                "Cannot %s the landed log of '%s' in %s: %s; check the rights of the folder that 'land' names"
                        .formatted(what, pipeline, place.base(), Reason.of(e)),
                e);
    }
}
