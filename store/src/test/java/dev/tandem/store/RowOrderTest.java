package dev.tandem.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.fold.Identity;
import dev.tandem.fold.ResultRow.Status;
import dev.tandem.model.Window.Span;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowOrderTest {
    @Test
    void putsNullFirstAndOrdersTextByCodePoints() {
        assertThat(Stream.of("🍜", "ﾗｰﾒﾝ", null, "a", "B")
                        .map(RowOrderTest::row)
                        .sorted(RowOrder.BY_KEY)
                        .map(it -> it.key().get(0)))
                .containsExactly(null, "B", "a", "ﾗｰﾒﾝ", "🍜");
    }

    private static StoredRow row(@Nullable String tag) {
        var key = Collections.<@Nullable Object>singletonList(tag);
        return new StoredRow(Identity.of(key), Span.ALL, key, List.of(1L), Status.OPEN, 1, 1, Instant.EPOCH, "run");
    }
}
