package dev.tandem.testkit.oracle;

import java.util.List;
import java.util.stream.StreamSupport;

/** A log of JSON in the database: table {@code document}, where what is no JSON has a null {@code message}. */
final class Log {
    private static final String LOG =
            "create table log (part integer, pos bigint, arrived_ms bigint, raw blob, primary key (part, pos))";

    private static final String DOCUMENTS = """
            create table document as select part, pos, make_timestamp(arrived_ms * 1000) as arrived,
                case when json_valid(message) then message::json end as message
            from (select *, try(decode(raw)) as message from log)""";

    /** Whether fields are texts or absent: DuckDB takes a bare NaN, which is no JSON, for a number. */
    private static final String TEXTS = """
            create macro texts(message, paths) as
                len(list_filter(json_type(message, paths), lambda kind: kind not in ('VARCHAR', 'NULL'))) = 0""";

    private Log() {}

    static void into(Database database, Iterable<LogRecord> log) {
        database.run(LOG);
        database.fill("log", StreamSupport.stream(log.spliterator(), false).map(Log::row));
        database.run(DOCUMENTS, TEXTS);
    }

    private static List<Object> row(LogRecord record) {
        return List.of(record.partition(), record.position(), record.arrivedMillis(), record.value());
    }
}
