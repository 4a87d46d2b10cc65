package dev.tandem.files;

import dev.tandem.files.FolderContents.LeftOut;
import dev.tandem.files.Inventory.Entry;
import dev.tandem.files.Listing.Present;
import dev.tandem.files.Listing.Stamp;
import dev.tandem.fold.LandedLog.ClosingIterator;
import dev.tandem.model.Reason;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A folder into which complete files are moved, as a log of one partition: each file is taken in once, in the source's order
 * among those present, and its records keep their positions for ever. Spark's own file source remembers only names: it neither
 * notices that a file changed nor can it read a position again; here an inventory with digests defines the record at each
 * position.
 *
 * <p>The contract for programs that deliver files: write elsewhere, or under a name that begins with {@code .} or {@code _} or
 * ends in {@code .tmp}; move it in under its name when it is complete; never touch it again. One stream at a time takes in; any
 * thread may ask.
 */
public final class FolderLog {
    /** File systems stamp with a clock that goes in steps, and lag behind the one of the program. */
    private static final Duration CLOCK_STEP = Duration.ofMillis(100);

    private record Scanned(Stamp stamp, FileScan.Measure measure) {}

    /** A file that could not be read. Rights may be given without a trace in the stamp. */
    private record Bad(Stamp stamp, boolean permitted, String why) {
        boolean still(Present file) {
            return stamp.equals(file.stamp()) && permitted == Files.isReadable(file.path());
        }
    }

    private final Folders folders;
    private final Intake intake;
    private final Inventory inventory;
    private final Clock clock;
    /** Files that were measured and not yet taken in, so that asking how many wait does not read them twice. */
    private final Map<String, Scanned> scanned = new HashMap<>();
    /** Files that were taken in and looked at since, as they were when they proved unchanged. */
    private final Map<String, Stamp> unchanged = new HashMap<>();
    /** Files that are left out as they are. */
    private final Map<String, Bad> bad = new HashMap<>();
    /** Where reading can begin in the large files that are being read, by the files' numbers. */
    private final Map<Long, Marks> marks = new HashMap<>();

    public FolderLog(Folders folders, Intake intake, Inventory inventory, Clock clock) {
        this.folders = folders;
        this.intake = intake;
        this.inventory = inventory;
        this.clock = clock;
    }

    /**
     * Takes in the next files, at most {@code maxFiles}, and answers what they became. A file that comes when later ones are taken in
     * already is simply taken in after them.
     *
     * @throws FilesException if one of them cannot be read or lacks a column and must not be left out; then none of them is taken in
     */
    public List<Entry> takeIn(int maxFiles) {
        return takeIn(maxFiles, waiting());
    }

    /** {@code waiting} as a look a moment ago has it; what has gone since is left out. */
    synchronized List<Entry> takeIn(int maxFiles, List<Present> waiting) {
        var measured = new ArrayList<Present>();
        var measures = new ArrayList<FileScan.Measure>();
        for (var file : waiting) {
            if (measured.size() == maxFiles) {
                break;
            }
            measure(file).ifPresent(measure -> {
                measured.add(file);
                measures.add(measure);
            });
        }
        var known = inventory.entries();
        var entries = new ArrayList<Entry>();
        long position = end(known);
        for (int index = 0; index < measured.size(); index++) {
            var entry =
                    entry(known.size() + index, position, measured.get(index).name(), measures.get(index));
            inventory.add(entry);
            scanned.remove(entry.name());
            if (!measures.get(index).marks().none()) {
                marks.put(entry.number(), measures.get(index).marks());
            }
            entries.add(entry);
            position += entry.records();
        }
        return entries;
    }

    private Entry entry(long number, long position, String name, FileScan.Measure measure) {
        var now = Instant.ofEpochMilli(clock.millis());
        return new Entry(number, name, measure.bytes(), measure.sha256(), position, measure.records(), now);
    }

    /** The position behind the last record taken in. */
    public long end() {
        return end(inventory.entries());
    }

    private static long end(List<Entry> entries) {
        if (entries.isEmpty()) {
            return 0;
        }
        var last = entries.get(entries.size() - 1);
        return last.firstPosition() + last.records();
    }

    /**
     * What {@link #end} would be with every file that is present now; takes none in. Reads each waiting file once.
     *
     * @throws FilesException as {@link #takeIn}
     */
    public synchronized long endOfAllPresent() {
        var waiting = waiting();
        scanned.keySet().retainAll(waiting.stream().map(Present::name).collect(Collectors.toSet()));
        long end = end();
        for (var file : waiting) {
            end += measure(file).map(FileScan.Measure::records).orElse(0L);
        }
        return end;
    }

    /** Whether files wait to be taken in. Looks at names only. */
    public boolean pending() {
        return !waiting().isEmpty();
    }

    List<Present> waiting() {
        var known = inventory.entries().stream().map(Entry::name).collect(Collectors.toSet());
        return Listing.of(folders, intake).files().stream()
                .filter(file -> !known.contains(file.name()))
                .toList();
    }

    /** Empty for a file that has gone since it was listed, and for one that is left out. */
    private Optional<FileScan.Measure> measure(Present file) {
        var before = scanned.get(file.name());
        if (before != null && before.stamp().equals(file.stamp())) {
            return Optional.of(before.measure());
        }
        var known = bad.get(file.name());
        if (known != null && known.still(file)) {
            return Optional.empty();
        }
        try {
            var measure = FileScan.measure(file.path(), intake.form());
            bad.remove(file.name());
            scanned.put(file.name(), new Scanned(file.stamp(), measure));
            return Optional.of(measure);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (BadFileException e) {
            return switch (intake.onBadFile()) {
                case STOP -> throw e.ending();
                case QUARANTINE -> {
                    bad.put(file.name(), new Bad(file.stamp(), Files.isReadable(file.path()), Reason.of(e)));
                    yield Optional.empty();
                }
            };
        }
    }

    /**
     * What lies in the folder. A known file counts as unchanged without being read while it has its size and the system says that
     * nothing was done to it since it was taken in, so a look costs no more than listing the folder.
     */
    public synchronized FolderContents look() {
        Map<String, Entry> known = new HashMap<>();
        inventory.entries().forEach(entry -> known.put(entry.name(), entry));
        var listing = Listing.of(folders, intake);
        var waiting = new ArrayList<String>();
        var left = new ArrayList<LeftOut>();
        var changed = new ArrayList<String>();
        for (var file : listing.files()) {
            var entry = known.get(file.name());
            var fault = bad.get(file.name());
            if (entry == null && fault != null && fault.still(file)) {
                left.add(LeftOut.bad(file.name(), fault.why()));
            } else if (entry == null) {
                waiting.add(file.name());
            } else if (!isUnchanged(file, entry)) {
                changed.add(file.name());
            }
        }
        return new FolderContents(waiting, listing.unfinished(), changed, listing.ignored(), left);
    }

    /** The waiting files whose beginning shows that they cannot be read. Opens each of them. */
    public synchronized List<LeftOut> unreadable() {
        var unreadable = new ArrayList<LeftOut>();
        for (var file : waiting()) {
            try (var scan = FileScan.open(file.path(), intake.form())) {
                scan.advance();
            } catch (NoSuchFileException e) {
                // gone since it was listed
            } catch (BadFileException e) {
                unreadable.add(LeftOut.bad(file.name(), Reason.of(e)));
            }
        }
        return unreadable;
    }

    private boolean isUnchanged(Present file, Entry entry) {
        if (file.stamp().equals(unchanged.get(file.name()))) {
            return true;
        }
        if (file.stamp().bytes() == entry.bytes() && untouchedSince(file, entry.arrived())) {
            return true;
        }
        boolean same = folders.known(entry).isAt(file.path());
        if (same) {
            unchanged.put(file.name(), file.stamp());
        }
        return same;
    }

    /** Whether the system's own time of change, which nobody can set back, lies before {@code arrived}. */
    private static boolean untouchedSince(Present file, Instant arrived) {
        return file.touched().map(it -> it.isBefore(arrived.minus(CLOCK_STEP))).orElse(false);
    }

    /** The records at positions {@code from} up to and without {@code until}; see {@link Stretch#read}. */
    public ClosingIterator<FileRecord> read(long from, long until) {
        return stretch(from, until).read();
    }

    /**
     * The same, to be read elsewhere. Where it begins inside of a large file that an earlier process took in, that file is read once to
     * learn where its records begin.
     *
     * @throws FilesException if not all of these positions were taken in
     */
    public synchronized Stretch stretch(long from, long until) {
        var entries = inventory.entries();
        if (from < 0 || until < from || until > end(entries)) {
            throw new FilesException(
                    "Cannot read positions %d to %d of %s: %d records were taken in; take the positions from this pipeline's inventory"
                            .formatted(from, until, folders.folder(), end(entries)));
        }
        var forgotten = inventory.forgotten();
        var files = entries.stream()
                .filter(it -> it.firstPosition() < until && it.firstPosition() + it.records() > from)
                .filter(it -> !forgotten.contains(it.number()))
                .map(it -> folders.known(it, marks(it, from)))
                .toList();
        return new Stretch(intake.form(), files, from, until);
    }

    /**
     * The same in parts that can be read side by side, at least one: one for each file, several of {@code length} records for a large one. What is
     * compressed stays in one part, since each part would have to unpack all that stands before it.
     */
    public List<Stretch> parts(long from, long until, long length) {
        var parts = new ArrayList<Stretch>();
        var forgotten = inventory.forgotten();
        for (var entry : inventory.entries()) {
            if (forgotten.contains(entry.number())) {
                continue;
            }
            long end = Math.min(until, entry.firstPosition() + entry.records());
            long step = FileNames.compressed(entry.name()) ? Long.MAX_VALUE : length;
            long begin = Math.max(from, entry.firstPosition());
            while (begin < end) {
                long behind = end - begin <= step ? end : begin + step;
                parts.add(stretch(begin, behind));
                begin = behind;
            }
        }
        if (parts.isEmpty() && from < until) {
            parts.add(stretch(from, until));
        }
        return parts;
    }

    /** Those of a file that is read from {@code from} on; others are let go with the file's end. */
    private Marks marks(Entry entry, long from) {
        if (from - entry.firstPosition() < Marks.STEP) {
            return marks.getOrDefault(entry.number(), new Marks());
        }
        return marks.computeIfAbsent(entry.number(), number -> measured(folders.known(entry)));
    }

    private Marks measured(KnownFile file) {
        var place = file.place();
        try {
            var measure = FileScan.measure(place, intake.form());
            file.require(measure, place);
            return measure.marks();
        } catch (NoSuchFileException e) {
            throw FileScan.unreadable(place, e);
        }
    }

    /** Forgets what is only needed to read before {@code position}. */
    public synchronized void passed(long position) {
        var entries = inventory.entries();
        marks.keySet().removeIf(number -> {
            var entry = entries.get(Math.toIntExact(number));
            return entry.firstPosition() + entry.records() <= position;
        });
    }
}
