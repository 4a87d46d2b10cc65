package dev.tandem.engine.trial;

import dev.tandem.engine.stage.PartThreads;
import dev.tandem.fold.Changes;
import dev.tandem.fold.Fates;
import dev.tandem.fold.FoldPlan;
import dev.tandem.fold.Watermarks;
import dev.tandem.fold.stream.GroupPart;
import dev.tandem.fold.stream.KeyPart;
import dev.tandem.fold.stream.StreamDetail;
import dev.tandem.fold.stream.StreamProgress;
import java.util.ArrayList;
import java.util.List;

/** A stream whose results go nowhere: it is given the micro-batches of a landed log one by one. */
final class TrialStream {
    private static final StreamDetail NO_RECORDS = new StreamDetail(false, false, false, false);

    private final PartThreads threads;
    private final List<KeyPart> keyParts = new ArrayList<>();
    private final List<GroupPart> groupParts = new ArrayList<>();
    private final StreamProgress progress;
    private Fates fates = Fates.NONE;
    private long mostGroups;
    private long mostKeys;

    TrialStream(FoldPlan plan, int parts, PartThreads threads) {
        this.threads = threads;
        this.progress = new StreamProgress(plan);
        for (int part = 0; part < parts; part++) {
            keyParts.add(new KeyPart(plan));
            groupParts.add(new GroupPart(plan));
        }
    }

    /** Takes the next micro-batch: a block for each partition by dedup key. Its watermark is at least {@code atLeast}. */
    Changes take(List<byte[]> blocks, long atLeast) {
        var watermarks = progress.begin(atLeast);
        int parts = keyParts.size();
        var task = new KeyPart.Task(progress.number(), watermarks, parts, NO_RECORDS, KeyPart.Task.STREAM);
        var sent = threads.onEach(parts, part -> keyParts.get(part).take(List.of(blocks.get(part)), task));
        var reports = threads.onEach(parts, part -> groupParts.get(part).take(ofGroups(sent, part), watermarks));
        var changes = progress.end(sent.stream().map(KeyPart.Output::report).toList(), reports);
        fates = fates.plus(changes.total());
        mostGroups = Math.max(mostGroups, progress.groups());
        mostKeys = Math.max(mostKeys, keyParts.stream().mapToLong(KeyPart::size).sum());
        return changes;
    }

    private static List<byte[]> ofGroups(List<KeyPart.Output> sent, int part) {
        return sent.stream().map(it -> it.groups().get(part)).toList();
    }

    long number() {
        return progress.number();
    }

    Watermarks watermarks() {
        return progress.watermarks();
    }

    /** The end of the last open window, {@link Long#MIN_VALUE} if none is open. */
    long lastEnd() {
        return progress.lastEnd();
    }

    /** What has been counted until now. */
    DelayTrial.Side side() {
        return new DelayTrial.Side(fates, mostGroups, mostKeys);
    }
}
