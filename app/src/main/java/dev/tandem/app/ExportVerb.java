package dev.tandem.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.app.json.Json;
import dev.tandem.app.run.ExportJob;
import dev.tandem.app.run.Operations;
import dev.tandem.model.Mode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "export", description = "Writes a view's stored rows to standard output, sorted by window and key.")
final class ExportVerb implements Verb {
    @Parameters(index = "0", paramLabel = "PIPELINE", description = "its name, or the path of its definition")
    private String name = "";

    @Parameters(index = "1", paramLabel = "VIEW", description = "a view that is stored in a table")
    private String view = "";

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "stream",
            description = "stream or batch (default: ${DEFAULT-VALUE})")
    private Mode mode = Mode.STREAM;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "csv",
            description = "csv or json (default: ${DEFAULT-VALUE})")
    private ExportJob.Format format = ExportJob.Format.CSV;

    @Mixin
    private ProfileOption profile = new ProfileOption();

    @Override
    public Exit run(Shell shell) throws InterruptedException, JsonProcessingException {
        var pipeline = shell.pipelines().read(name, profile.chosen(shell));
        var operations =
                new Operations(Hostings.of(shell, name), pipeline, shell.clock(), new ShellNarrator(shell.progress()));
        if (!shell.json()) {
            operations.export(view, mode, format, shell.out());
            return Exit.FINE;
        }
        var rows = new ByteArrayOutputStream();
        operations.export(view, mode, ExportJob.Format.JSON, new PrintStream(rows, false, StandardCharsets.UTF_8));
        var document = Json.document("export")
                .put("pipeline", pipeline.name())
                .put("view", view)
                .put("mode", mode.word());
        document.set("rows", exact().readTree(rows.toString(StandardCharsets.UTF_8)));
        shell.answer(document);
        return Exit.FINE;
    }

    /** Decimals stay as they are stored, to the last digit. */
    private static JsonMapper exact() {
        return JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build();
    }
}
