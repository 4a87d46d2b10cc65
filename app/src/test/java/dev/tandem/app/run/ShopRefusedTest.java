package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A database that refuses the shop's events for a while. */
@ExtendWith(Bench.Giver.class)
class ShopRefusedTest {
    private static final Duration SPACING = Duration.ofSeconds(10).dividedBy(15);
    private static final String REFUSE = """
            create or replace function refuse() returns trigger language plpgsql as $$
            begin
                if (select count(*) from raw_events_refused) >= 45 then raise exception 'no space left'; end if;
                return null;
            end $$""";

    @Test
    void S4_05_keepsTheFilesUntilTheirEventsAreWritten(Bench bench) throws IOException, InterruptedException {
        try (var refused = Trial.of(
                "shop_events", bench.withPostgres(), Optional.empty(), text -> ShopFiles.under("_refused", text))) {
            refused.generate(OptionalLong.of(150), SPACING);
            var files = ShopFiles.in(refused.file("data/input_refused"));
            assertThat(files).hasSize(10);
            refused.job();
            refused.execute(REFUSE);
            refused.execute("create trigger refuse before insert on raw_events_refused"
                    + " for each statement execute function refuse()");
            assertThatThrownBy(() -> refused.drain(1_000)).hasMessageContaining("no space left");
            assertThat(count(refused)).isEqualTo(45);
            assertThat(refused.ledger().microBatches()).hasSize(1);
            assertThat(ShopFiles.in(refused.file("data/input_refused"))).containsAll(files.subList(3, 10));

            refused.execute("drop trigger refuse on raw_events_refused");
            refused.drain(1_000);
            assertThat(count(refused)).isEqualTo(150);
            assertThat(ShopFiles.in(refused.file("data/input_refused"))).isEmpty();
            assertThat(ShopFiles.in(refused.file("data/archive_refused"))).hasSize(10);
        }
    }

    private static long count(Trial trial) {
        return trial.rows("select count(*) as n from raw_events_refused").sum("n");
    }
}
