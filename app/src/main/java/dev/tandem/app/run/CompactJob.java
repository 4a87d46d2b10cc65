package dev.tandem.app.run;

import dev.tandem.engine.EngineException;
import dev.tandem.fold.NamedFile;
import dev.tandem.model.Pipeline;
import dev.tandem.segments.SegmentMerge;
import dev.tandem.segments.SegmentPlace;
import dev.tandem.store.Ddl;
import dev.tandem.store.LedgerReader;
import dev.tandem.store.SegmentNames;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Merges the small files of a pipeline's landed log. Its stream may run meanwhile. */
public final class CompactJob {
    /**
     * What was done.
     *
     * @param before how many files the ledger named
     * @param after how many it names now
     * @param merged how many micro-batches had their files merged
     */
    public record Done(long before, long after, long merged) {}

    private final Hosting hosting;
    private final Pipeline pipeline;
    private final Narrator narrator;

    public CompactJob(Hosting hosting, Pipeline pipeline, Narrator narrator) {
        this.hosting = hosting;
        this.pipeline = pipeline;
        this.narrator = narrator;
    }

    /** Each merged file is committed by itself, so a run that is killed has lost nothing and done a part. */
    public Done run() {
        return pipeline.source().landing().fold(table -> refused(), segments -> {
            try (var services = Services.databases(hosting, pipeline, narrator)) {
                return merged(services, services.segments(segments));
            }
        });
    }

    private Done refused() {
        throw new EngineException(
                "Cannot compact the landed log of '%s': its records are in a table, which has no files; only 'land: segments' has"
                        .formatted(pipeline.name()));
    }

    private Done merged(Services services, SegmentPlace place) {
        var ledger = services.database(pipeline.source().landing().database());
        Ddl.createOwn(ledger, pipeline.name());
        var reader = new LedgerReader(ledger, pipeline.name());
        var files = reader.files(Long.MAX_VALUE);
        var groups = SegmentMerge.groups(files);
        var merge = new SegmentMerge(place, pipeline.name());
        var names = new SegmentNames(ledger, pipeline.name());
        long merged = 0;
        for (var group : groups) {
            var done = merge.merge(group);
            names.replace(group.files(), done.number(), done.by());
            merged += group.files().size();
            narrator.progress("merging", merged, OptionalLong.of(all(groups)));
        }
        return new Done(count(files), count(reader.files(Long.MAX_VALUE)), merged);
    }

    private static long all(List<SegmentMerge.Group> groups) {
        return groups.stream().mapToLong(it -> it.files().size()).sum();
    }

    private static long count(Map<Long, List<NamedFile>> files) {
        return files.values().stream().mapToLong(Collection::size).sum();
    }
}
