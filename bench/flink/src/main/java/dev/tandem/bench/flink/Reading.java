package dev.tandem.bench.flink;

import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Parses messages; those that break a rule go to a side output. */
final class Reading extends ProcessFunction<Arrived, Tweet> {
    static final OutputTag<Refused> REFUSED = new OutputTag<>("refused") {
        private static final long serialVersionUID = 1;
    };

    private static final long serialVersionUID = 1;
    private transient TweetParser parser;

    @SuppressWarnings("NullAway.Init") // Flink calls open first
    Reading() {}

    @Override
    public void open(OpenContext context) {
        parser = new TweetParser();
    }

    @Override
    public void processElement(Arrived message, Context context, Collector<Tweet> out) throws IOException {
        try {
            out.collect(parser.read(message));
        } catch (TweetParser.BrokenRule e) {
            context.output(REFUSED, new Refused(message.partition(), message.position(), e.rule()));
        }
    }
}
