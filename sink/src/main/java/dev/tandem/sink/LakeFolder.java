package dev.tandem.sink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The files of a lake and the order in which they come to be. Files are made in {@code _staging} under names no reader looks for.
 * Once all of them and their manifest are on disk there, the set is decided: each file is moved to its place, what the set held
 * before and holds no more is removed, and the manifest is moved to {@code _manifest} last. A process that is killed before the
 * decision leaves the lake as it was; one killed after it is completed by the next {@link #open}.
 *
 * <p>The names within a set are the same each time ({@code part-000012-0.parquet}), so that writing it again replaces file by
 * file: a reader without regard for manifests sees the old or the new file, never both and never none.
 */
final class LakeFolder {
    /** What has just been done, for tests that end a process in between. */
    enum Moment {
        STAGED,
        DECIDED,
        PLACED_ONE,
        PLACED,
        CLEARED,
        DONE
    }

    /** Told of each moment. */
    interface Onlooker {
        void after(Moment moment);
    }

    private final Path folder;
    private final Path staging;
    private final Path manifests;
    private final Onlooker onlooker;
    private boolean knowsLeftovers;

    private LakeFolder(Path folder, Onlooker onlooker) {
        this.folder = folder;
        this.onlooker = onlooker;
        staging = folder.resolve("_staging");
        manifests = folder.resolve("_manifest");
    }

    /** Completes or takes back what a killed process left. */
    static LakeFolder open(Path folder, Onlooker onlooker) throws IOException {
        var lake = new LakeFolder(folder, onlooker);
        Disk.make(lake.staging);
        Disk.make(lake.manifests);
        lake.recover();
        return lake;
    }

    Path path() {
        return folder;
    }

    /** Clears the staging folder, after completing a set that was decided, and gives the place for the files of {@code set}. */
    PartitionedFiles.Place begin(String set) throws IOException {
        recover();
        return PartitionedFiles.Place.whole(staging, set);
    }

    private void recover() throws IOException {
        for (var decided : Disk.named(staging, "*.json")) {
            complete(read(decided));
        }
        Disk.clear(staging);
    }

    /** The set with this name as it stands in the lake, if it does. */
    Optional<Manifest> manifest(String set) throws IOException {
        var file = manifests.resolve(set + ".json");
        return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
    }

    /** The highest number of a set that stands in the lake; 0 if there is none. */
    long highest() throws IOException {
        return Disk.highest(manifests, "", ".json").orElse(0);
    }

    private static Manifest read(Path file) throws IOException {
        return Texts.JSON.readValue(file.toFile(), Manifest.class);
    }

    /** The files of all tasks, in their order and under the names in the staging folder by which {@link #publish} finds them. */
    List<Manifest.File> gathered(String set, List<TaskFiles> made) throws IOException {
        var place = PartitionedFiles.Place.whole(staging, set);
        var files = new ArrayList<Manifest.File>();
        for (var task : made) {
            for (var each : task.files()) {
                var written = staging.resolve(each.staged());
                if (!Files.exists(written)) {
                    throw new SinkException(
                            "Cannot publish %s in %s: an executor has written %s, and it is not there; give the lake a folder that all executors and this process share"
                                    .formatted(set, folder, each.file().path()));
                }
                Files.move(written, place.staged(files.size()));
                files.add(each.file());
            }
        }
        return files;
    }

    /** Puts the files of {@code manifest}, staged in its order, in place of what the set held. */
    void publish(Manifest manifest) throws IOException {
        onlooker.after(Moment.STAGED);
        var text = Texts.JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest);
        Disk.write(staging.resolve(manifest.set() + ".json"), text);
        onlooker.after(Moment.DECIDED);
        complete(manifest);
        onlooker.after(Moment.DONE);
    }

    private void complete(Manifest manifest) throws IOException {
        place(manifest);
        onlooker.after(Moment.PLACED);
        removeOthers(manifest);
        onlooker.after(Moment.CLEARED);
        var name = manifest.set() + ".json";
        Disk.place(staging.resolve(name), manifests.resolve(name));
        Disk.force(manifests);
        knowsLeftovers = true;
    }

    private void place(Manifest manifest) throws IOException {
        var place = PartitionedFiles.Place.whole(staging, manifest.set());
        var folders = new LinkedHashSet<Path>();
        for (int index = 0; index < manifest.files().size(); index++) {
            var file = manifest.files().get(index);
            var target = folder.resolve(file.path());
            if (folders.add(Disk.folderOf(target))) {
                Files.createDirectories(Disk.folderOf(target));
            }
            if (Files.exists(place.staged(index))) {
                Disk.place(place.staged(index), target);
            } else if (!Files.exists(target) || Files.size(target) != file.bytes()) {
                throw new SinkException(
                        "Cannot complete %s in %s: %s is neither there nor in _staging; somebody took it away: remove _staging and write again"
                                .formatted(manifest.set(), folder, file.path()));
            }
            onlooker.after(Moment.PLACED_ONE);
        }
        forceWithThoseAbove(folders);
    }

    /** Each once: a thousand new partitions have one folder above them. */
    private void forceWithThoseAbove(Set<Path> folders) throws IOException {
        var all = new LinkedHashSet<Path>();
        for (var each : folders) {
            for (var above = each; all.add(above) && !above.equals(folder); ) {
                above = Disk.folderOf(above);
            }
        }
        for (var each : all) {
            Disk.force(each);
        }
    }

    /** Removes the set's other files: those of an earlier writing, with their folders where nothing else is in them. */
    private void removeOthers(Manifest manifest) throws IOException {
        if (knowsLeftovers && !Files.exists(manifests.resolve(manifest.set() + ".json"))) {
            // A number's first writing: only a process before this one could have left files, and then they are removed
            // at its first.
            return;
        }
        var kept = new HashSet<Path>();
        manifest.files().forEach(it -> kept.add(folder.resolve(it.path())));
        for (var file : files(manifest.set())) {
            if (!kept.contains(file)) {
                Files.deleteIfExists(file);
                for (var above = Disk.folderOf(file); !above.equals(folder); above = Disk.folderOf(above)) {
                    Disk.deleteIfEmpty(above);
                }
            }
        }
    }

    private List<Path> files(String set) throws IOException {
        var found = new TreeSet<Path>();
        collect(folder, "part-%s-*.parquet".formatted(set), found);
        return new ArrayList<>(found);
    }

    private static void collect(Path folder, String glob, Set<Path> into) throws IOException {
        into.addAll(Disk.named(folder, glob));
        for (var inner : Disk.named(folder, "*=*")) {
            if (Files.isDirectory(inner)) {
                collect(inner, glob, into);
            }
        }
    }
}
