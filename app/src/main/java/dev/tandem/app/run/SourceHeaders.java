package dev.tandem.app.run;

import dev.tandem.files.Headers;
import dev.tandem.files.RecordForm;
import dev.tandem.model.Format;
import dev.tandem.model.Pipeline;
import dev.tandem.model.Source;
import java.util.ArrayList;
import java.util.List;

/** The headers of the CSV files that a pipeline would read and that are there already. */
public final class SourceHeaders {
    /**
     * What is wrong with one.
     *
     * @param key of the definition that names the file or its folder
     * @param told what, where and the hint
     */
    public record Fault(String key, String told) {}

    private SourceHeaders() {}

    /** Those that would end a run; files that the source leaves out where they are bad are not among them. */
    public static List<Fault> faults(Pipeline pipeline, Workspace workspace) {
        var faults = new ArrayList<Fault>();
        pipeline.source()
                .asFiles()
                .filter(it -> it.onBadFile() == Source.OnBadFile.STOP)
                .filter(it ->
                        it.format().kind() == Format.Kind.CSV && it.format().header())
                .ifPresent(it -> Headers.faults(FolderInput.folder(it, workspace), FolderInput.intake(pipeline, it))
                        .forEach(told -> faults.add(new Fault("files", told))));
        for (var dimension : pipeline.dimensions()) {
            if (dimension.format().kind() == Format.Kind.CSV) {
                var form = new RecordForm(dimension.format(), dimension.schema().header());
                Headers.fault(workspace.file(dimension.file()), form)
                        .ifPresent(told -> faults.add(new Fault(dimension.name(), told)));
            }
        }
        return faults;
    }
}
