package dev.tandem.sink;

import dev.tandem.model.Output;
import dev.tandem.model.Reason;
import dev.tandem.model.extension.Extensions;
import dev.tandem.model.extension.RowSink;
import dev.tandem.model.extension.SinkProvider;
import dev.tandem.model.extension.SinkProvider.Opening;
import java.io.IOException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;

/** A sink that an extension brings, seen as one of ours: what it throws is reported with its name. */
final class CustomSink implements Sink {
    private final String name;
    private final Content content;
    private final RowSink sink;

    private CustomSink(String name, Content content, RowSink sink) {
        this.name = name;
        this.content = content;
        this.sink = sink;
    }

    static CustomSink open(Output.Custom output, Content content, Sinks.Setting setting) {
        var provider = Extensions.current()
                .sink(output.sink())
                .orElseThrow(() -> new SinkException(
                        "Cannot write '%s' to the sink '%s': no extension brings it; put its jar into lib/ext, or see ./tandem list --kinds"
                                .formatted(content.name(), output.sink())));
        try {
            return new CustomSink(output.sink(), content, provider.open(opening(output, content, setting)));
        } catch (Exception e) { // an extension may throw anything
            throw new SinkException(
                    "Cannot open the sink '%s' for '%s': %s; check its settings in 'with'"
                            .formatted(output.sink(), content.name(), Reason.of(e)),
                    e);
        }
    }

    private static Opening opening(Output.Custom output, Content content, Sinks.Setting setting) {
        var settings = new HashMap<String, String>();
        output.settings().forEach((key, value) -> settings.put(key, Output.inMode(value, setting.mode())));
        return new Opening(
                setting.pipeline(),
                setting.mode(),
                setting.run(),
                content.name(),
                content.columns().stream()
                        .map(column -> new SinkProvider.Column(column.name(), column.type()))
                        .toList(),
                content.keys(),
                setting.root(),
                settings);
    }

    @Override
    public void write(long number, Iterator<Tuple> tuples) {
        try {
            sink.write(number, rows(tuples));
        } catch (IOException e) {
            throw SinkException.passing(
                    "Cannot write '%s' to the sink '%s': %s; it is tried again, see that what it writes to can be reached"
                            .formatted(content.name(), name, Reason.of(e)),
                    e);
        } catch (Exception e) { // an extension may throw anything
            throw new SinkException(
                    "Cannot write '%s' to the sink '%s': %s; see its documentation"
                            .formatted(content.name(), name, Reason.of(e)),
                    e);
        }
    }

    private static Iterator<RowSink.Row> rows(Iterator<Tuple> tuples) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return tuples.hasNext();
            }

            @Override
            public RowSink.Row next() {
                var tuple = tuples.next();
                var state = switch (tuple.state()) {
                    case OPEN -> RowSink.State.OPEN;
                    case FINAL -> RowSink.State.FINAL;
                    case GONE -> RowSink.State.GONE;
                };
                return new RowSink.Row(
                        HexFormat.of().formatHex(tuple.key().bytes()),
                        tuple.values(),
                        state,
                        tuple.revision(),
                        tuple.events());
            }
        };
    }

    @Override
    public void close() {
        try {
            sink.close();
        } catch (Exception e) { // an extension may throw anything
            throw new SinkException(
                    "Cannot close the sink '%s' of '%s': %s; see its documentation"
                            .formatted(name, content.name(), Reason.of(e)),
                    e);
        }
    }
}
