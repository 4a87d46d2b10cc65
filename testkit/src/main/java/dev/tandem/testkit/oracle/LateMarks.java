package dev.tandem.testkit.oracle;

import java.time.Duration;
import java.util.List;

/**
 * The late mark that each record met in a stream: the close mark of the micro-batch before its own. A window whose end the mark has
 * reached refuses the record. Needs table {@code judged} (part, pos, event_time, reason): what a rule refused moves no mark.
 */
final class LateMarks {
    private static final String MARKED =
            "create or replace table marked (part integer, pos bigint, late_mark timestamp)";

    private static final String MARKS = """
            insert into marked
            with reached as (select number, max(event_time) as highest from micro_batch m left join judged j
                    on j.part = m.part and j.pos >= m.first and j.pos < m.until and j.reason is null group by number),
                closing as (select number, max(highest) over (order by number rows between unbounded preceding and 1 preceding)
                    - to_milliseconds(%d::bigint) as mark from reached),
                refusing as (select number, lag(mark) over (order by number) as mark from closing)
            select j.part, j.pos, r.mark from judged j join micro_batch m on j.part = m.part and j.pos >= m.first and j.pos < m.until
                join refusing r on r.number = m.number""";

    private LateMarks() {}

    /** No record has met a mark. */
    static void none(Database database) {
        database.run(MARKED);
    }

    static void of(Database database, List<MicroBatch> microBatches, Duration delay) {
        database.run("create or replace table micro_batch (number bigint, part integer, first bigint, until bigint)");
        database.fill("micro_batch", microBatches.stream().map(LateMarks::row));
        database.run(MARKED, MARKS.formatted(delay.toMillis()));
    }

    private static List<Object> row(MicroBatch it) {
        return List.of(it.number(), it.partition(), it.from(), it.until());
    }
}
