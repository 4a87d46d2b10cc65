package dev.tandem.app.doctor;

import dev.tandem.files.FolderContents.LeftOut;
import dev.tandem.model.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The folder that a pipeline reads its files from: whether it is there, may be read, and holds anything. */
public final class FolderChecks {
    private FolderChecks() {}

    private static final int MOST_TOLD = 10;

    /** A finding for each file that is left out, and one for those beyond ten. */
    public static List<Finding> leftOut(String pipeline, Path folder, List<LeftOut> files) {
        var subject = "files of " + pipeline;
        var findings = new ArrayList<Finding>();
        files.stream()
                .limit(MOST_TOLD)
                .forEach(it -> findings.add(Finding.look(
                        subject, "%s is left out: %s".formatted(folder.resolve(it.name()), it.why()), it.hint())));
        if (files.size() > MOST_TOLD) {
            findings.add(Finding.look(
                    subject,
                    "%,d more files in %s are left out".formatted(files.size() - MOST_TOLD, folder),
                    "fix or move away the ones above, then look again"));
        }
        return findings;
    }

    /** {@code folder} is the source's own, resolved. */
    public static Finding of(String pipeline, Source.Files source, Path folder) {
        var subject = "files of " + pipeline;
        var fill = "'./tandem generate %s' makes and fills it".formatted(pipeline);
        if (!Files.exists(folder)) {
            return Finding.look(subject, "%s is not there".formatted(folder), fill);
        }
        if (!Files.isDirectory(folder) || !Files.isReadable(folder) || !Files.isExecutable(folder)) {
            return Finding.fail(
                    subject,
                    "%s cannot be read as a folder".formatted(folder),
                    "make it a folder that this user may read and enter: chmod u+rx %s".formatted(folder));
        }
        if (source.archive().isPresent() && !Files.isWritable(folder)) {
            return Finding.fail(
                    subject,
                    "%s cannot be written, and files are moved from it when they are done".formatted(folder),
                    "let this user write to it (chmod u+w %s), or leave out 'archive'".formatted(folder));
        }
        try (var files = Files.list(folder)) {
            long count = files.filter(Files::isRegularFile).count();
            return count == 0
                    ? Finding.look(
                            subject,
                            "%s is empty".formatted(folder),
                            "'./tandem generate %s' fills it".formatted(pipeline))
                    : Finding.pass(subject, "%s holds %d".formatted(folder, count));
        } catch (IOException e) {
            return Finding.fail(subject, "%s cannot be listed: %s".formatted(folder, e), "check the folder's rights");
        }
    }
}
