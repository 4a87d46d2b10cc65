package dev.tandem.page;

import dev.tandem.page.data.Comparison;
import dev.tandem.page.data.DifferenceQuery;
import dev.tandem.page.data.DifferingRows;
import dev.tandem.page.data.Message;
import dev.tandem.page.data.MicroBatch;
import dev.tandem.page.data.PageData;
import dev.tandem.page.data.PipelineFacts;
import dev.tandem.page.data.PipelineLine;
import dev.tandem.page.data.Pulse;
import dev.tandem.page.data.RecordAsked;
import dev.tandem.page.data.RefusalKind;
import dev.tandem.page.data.Refusals;
import dev.tandem.page.data.RowAsked;
import dev.tandem.page.data.RunLine;
import dev.tandem.page.data.SystemFacts;
import dev.tandem.page.data.TableAnswer;
import dev.tandem.page.data.TopicLine;
import dev.tandem.page.data.ViewRows;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The samples with a payload at the end of each text, names, keys of maps, zones and words that the page knows included. */
final class HostilePageData implements PageData {
    private final PageData samples = new SamplePageData();
    private final Set<String> used = ConcurrentHashMap.newKeySet();

    /** How many of the payloads have been told. */
    int told() {
        return used.size();
    }

    /** The same text always gets the same payload, or nothing would be found again by its name. */
    private String spoilt(String text) {
        var payload = Payloads.ALL.get(Math.floorMod(text.hashCode(), Payloads.ALL.size()));
        used.add(payload);
        return text + " " + payload;
    }

    /** Names of pipelines, views and topics stand in paths, where they can bear no slash; the definition and Kafka forbid it too. */
    private String name(String text) {
        return spoilt(text).replaceAll("[/\\\\%;\\p{Cntrl}]", "|");
    }

    private Optional<String> real(String name, List<String> names) {
        return names.stream().filter(it -> name(it).equals(name)).findFirst();
    }

    private Optional<String> pipelineOf(String name) {
        return real(name, samples.pipelines().stream().map(PipelineLine::name).toList());
    }

    @SuppressWarnings("unchecked")
    private <T> T all(T value) {
        return (T) changed(value, "", "");
    }

    private Object changed(Object value, String component, String owner) {
        if (value instanceof String text) {
            return text(text, component, owner);
        }
        if (value instanceof Optional<?> optional) {
            return optional.map(it -> changed(it, component, owner));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(it -> changed(it, component, owner)).toList();
        }
        if (value instanceof Map<?, ?> map) {
            var copy = new LinkedHashMap<Object, Object>();
            map.forEach((key, it) -> copy.put(
                    key instanceof String text && !owner.equals("Report") && !component.equals("fates")
                            ? spoilt(text)
                            : key,
                    changed(it, owner.equals("Report") ? String.valueOf(key) : component, owner)));
            return copy;
        }
        return value instanceof Record ? record(value) : value;
    }

    private String text(String text, String component, String owner) {
        boolean number = text.matches("-?[0-9.]+");
        if (number || Set.of("revision", "mode").contains(component)) {
            return text;
        }
        if (Set.of("name", "pipeline", "view").contains(component)
                && !owner.equals("Group")
                && !owner.equals("Service")) {
            return name(text);
        }
        return spoilt(text);
    }

    private Object record(Object value) {
        var type = value.getClass();
        var components = type.getRecordComponents();
        try {
            var arguments = new Object[components.length];
            var types = new Class<?>[components.length];
            for (int index = 0; index < components.length; index++) {
                types[index] = components[index].getType();
                arguments[index] = changed(
                        components[index].getAccessor().invoke(value),
                        components[index].getName(),
                        type.getSimpleName());
            }
            return type.getDeclaredConstructor(types).newInstance(arguments);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot spoil " + Arrays.toString(components), e);
        }
    }

    @Override
    public List<PipelineLine> pipelines() {
        return all(samples.pipelines());
    }

    @Override
    public Optional<PipelineFacts> pipeline(String pipeline) {
        return all(pipelineOf(pipeline).flatMap(samples::pipeline));
    }

    @Override
    public Optional<Pulse> pulse(String pipeline) {
        return all(pipelineOf(pipeline).flatMap(samples::pulse));
    }

    @Override
    public List<MicroBatch> microBatches(String pipeline, int most) {
        return all(samples.microBatches(pipelineOf(pipeline).orElseThrow(), most));
    }

    @Override
    public List<RunLine> runs(String pipeline) {
        return all(samples.runs(pipelineOf(pipeline).orElseThrow()));
    }

    @Override
    public Optional<ViewRows> rows(String pipeline, String view, int windows) {
        var real = pipelineOf(pipeline).orElseThrow();
        var views = samples.pipeline(real).orElseThrow().views().stream()
                .map(PipelineFacts.ViewFacts::name)
                .toList();
        return all(real(view, views).flatMap(it -> samples.rows(real, it, windows)));
    }

    @Override
    public Refusals refusals(String pipeline, RefusalKind kind, int most) {
        return all(samples.refusals(pipelineOf(pipeline).orElseThrow(), kind, most));
    }

    @Override
    public Optional<String> report(String pipeline) {
        return SamplePipelines.all().stream()
                .filter(it -> name(it.facts().name()).equals(pipeline)
                        && !it.verdict().equals("pending"))
                .map(it -> Json.of(changed(SampleReport.of(it), "", "Report")))
                .findFirst();
    }

    @Override
    public List<Comparison> comparisons(String pipeline) {
        return all(samples.comparisons(pipelineOf(pipeline).orElseThrow()));
    }

    @Override
    public Optional<DifferingRows> differences(String pipeline, DifferenceQuery query) {
        return all(pipelineOf(pipeline).flatMap(it -> samples.differences(it, query)));
    }

    @Override
    public Optional<String> why(String pipeline, RowAsked row) {
        return spoiltAnswer(pipeline, SampleAnswers::why);
    }

    @Override
    public Optional<String> trial(String pipeline, RowAsked row, String delay) {
        return spoiltAnswer(pipeline, SampleAnswers::trial);
    }

    @Override
    public Optional<String> trace(String pipeline, RecordAsked record) {
        return spoiltAnswer(pipeline, SampleAnswers::trace);
    }

    private Optional<String> spoiltAnswer(String pipeline, Function<SamplePipeline, Map<String, Object>> answer) {
        return SamplePipelines.all().stream()
                .filter(it -> name(it.facts().name()).equals(pipeline))
                .map(it -> Json.of(changed(answer.apply(it), "", "Report")))
                .findFirst();
    }

    @Override
    public List<TopicLine> topics() {
        return all(samples.topics());
    }

    @Override
    public List<Message> messages(String topic, int most) {
        return all(real(topic, samples.topics().stream().map(TopicLine::name).toList())
                .map(it -> samples.messages(it, most))
                .orElse(List.of()));
    }

    @Override
    public List<TableAnswer> tableAnswers() {
        return all(samples.tableAnswers());
    }

    @Override
    public SystemFacts system() {
        return all(samples.system());
    }
}
