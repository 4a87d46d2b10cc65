package dev.tandem.page;

import dev.tandem.page.data.PageData;
import dev.tandem.page.data.RefusalKind;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.NotFoundResponse;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** What programs read: one JSON object for each question, under a version that rises only if a key goes away. */
final class Api {
    static final String ROOT = "/api/v1";
    private static final int VERSION = 1;
    private static final int MOST = 1_000;

    private final PageData data;

    Api(PageData data) {
        this.data = data;
    }

    /** What every answer is wrapped in. */
    record Answer(int schemaVersion, Object data) {}

    static String wrapped(Object data) {
        return Json.of(new Answer(VERSION, data));
    }

    void addTo(RoutesConfig routes) {
        routes.get(ROOT + "/pipelines", told(context -> data.pipelines()));
        routes.get(ROOT + "/pipelines/{pipeline}", told(context -> found(data.pipeline(pipeline(context)))));
        routes.get(ROOT + "/pipelines/{pipeline}/pulse", told(context -> found(data.pulse(pipeline(context)))));
        routes.get(
                ROOT + "/pipelines/{pipeline}/micro-batches",
                told(context -> data.microBatches(pipeline(context), count(context, 120))));
        routes.get(ROOT + "/pipelines/{pipeline}/runs", told(context -> data.runs(pipeline(context))));
        routes.get(
                ROOT + "/pipelines/{pipeline}/views/{view}",
                told(context -> found(data.rows(pipeline(context), context.pathParam("view"), count(context, 60)))));
        routes.get(
                ROOT + "/pipelines/{pipeline}/refusals/{kind}",
                told(context -> data.refusals(pipeline(context), kind(context), count(context, 200))));
        routes.get(
                ROOT + "/pipelines/{pipeline}/report",
                told(context -> data.report(pipeline(context)).map(Json.Ready::new)));
        routes.get(ROOT + "/pipelines/{pipeline}/comparisons", told(context -> data.comparisons(pipeline(context))));
        routes.get(
                ROOT + "/pipelines/{pipeline}/differences",
                told(context -> data.differences(pipeline(context), Questions.differences(context))));
        routes.get(
                ROOT + "/pipelines/{pipeline}/why",
                told(context -> found(
                        data.why(pipeline(context), Questions.row(context)).map(Json.Ready::new))));
        routes.get(
                ROOT + "/pipelines/{pipeline}/try",
                told(context -> found(data.trial(pipeline(context), Questions.row(context), Questions.delay(context))
                        .map(Json.Ready::new))));
        routes.get(
                ROOT + "/pipelines/{pipeline}/trace",
                told(context -> found(
                        data.trace(pipeline(context), Questions.record(context)).map(Json.Ready::new))));
        routes.get(ROOT + "/topics", told(context -> data.topics()));
        routes.get(
                ROOT + "/topics/{topic}/messages",
                told(context -> data.messages(context.pathParam("topic"), count(context, 50))));
        routes.get(ROOT + "/tables", told(context -> data.tableAnswers()));
        routes.get(ROOT + "/system", told(context -> data.system()));
    }

    private static Handler told(Function<Context, Object> question) {
        return context -> context.contentType("application/json").result(wrapped(question.apply(context)));
    }

    private static String pipeline(Context context) {
        return context.pathParam("pipeline");
    }

    private static Object found(Optional<?> answer) {
        return answer.orElseThrow(() -> new NotFoundResponse("Not found"));
    }

    private static RefusalKind kind(Context context) {
        for (var kind : RefusalKind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).equals(context.pathParam("kind"))) {
                return kind;
            }
        }
        throw new NotFoundResponse("Records are in quarantine, late or duplicate, nothing else");
    }

    static int count(Context context, int usual) {
        var text = context.queryParam("most");
        return text == null || !text.matches("[1-9]\\d{0,5}") ? usual : Math.min(MOST, Integer.parseInt(text));
    }
}
