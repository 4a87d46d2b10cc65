package dev.tandem.store;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DdlTest {
    @ParameterizedTest
    @EnumSource
    void printsTheTablesOfAPipeline(DatabaseKind kind) {
        Golden.assertSame("tables-" + kind.word() + ".sql", Ddl.text(kind, Sample.LAYOUT));
    }

    @ParameterizedTest
    @EnumSource
    void printsTheTablesOfADatabaseWithoutTheLedger(DatabaseKind kind) {
        Golden.assertSame("elsewhere-" + kind.word() + ".sql", Ddl.text(kind, Sample.ELSEWHERE));
    }
}
