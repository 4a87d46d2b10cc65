package dev.tandem.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.app.TandemCommand;
import dev.tandem.app.run.Operations.Counting;
import dev.tandem.store.DatabaseAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch over what no stream has landed: a lake that another run wrote, and a table that Tandem knows nothing of. */
class OtherInputsTest {
    private static final String ROWS = """
            order_id,customer_id,product_id,order_timestamp,quantity,price,status
            o1,c1,p1,2026-01-01 10:00:00,2,1.50,completed
            o2,c2,p2,2026-01-01 10:05:00,1,4.00, DONE
            o3,c3,p1,2026-01-02 11:00:00,0,4.00,completed
            """;

    @TempDir
    private static Path home;

    private static Trial trial;

    @BeforeAll
    static void streamIntoTheLake() throws IOException, InterruptedException {
        trial = Trial.alone("orders", home, UnaryOperator.identity());
        Files.writeString(trial.file("data/stream/input/orders.csv"), ROWS);
        trial.drain(100);
        trial.close();
    }

    private static String counted(Counting.Input input) throws InterruptedException {
        return new Operations(Hosting.local(trial.workspace()), trial.pipeline(), Clock.systemUTC(), new Bench.Silent())
                .batch(new Counting(Optional.of(input), Optional.empty(), Optional.empty()));
    }

    private static String revenue() {
        return trial.rows("select order_date, total_orders, total_revenue from batch_daily_revenue order by order_date")
                .told()
                .toString();
    }

    @Test
    void filesThatAreBroughtAsTheyAreAreCountedAsFiles() throws IOException {
        var more = Files.createDirectories(home.resolve("more"));
        Files.writeString(more.resolve("a.csv"), ROWS);
        Files.writeString(more.resolve("b.csv"), ROWS);
        assertThat(TandemCommand.run(home, "generate", "orders", "--input", "more")
                        .out())
                .startsWith("sent 2 files in ");
    }

    @Test
    void theRowsOfALake() throws InterruptedException {
        assertThat(counted(new Counting.Input.InLake(trial.file("data/warehouse/stream/orders"))))
                .containsPattern("counted +2\\b");
        assertThat(revenue()).contains("2026-01-01", "7");
    }

    @Test
    void theRowsOfATable() throws InterruptedException, SQLException {
        var database = new DatabaseAddress.Sqlite(trial.workspace().database("sqlite"));
        try (var connection = database.open();
                var statement = connection.createStatement()) {
            statement.execute(
                    "create table shop_orders (order_id text primary key, customer_id text, product_id text, order_timestamp text, quantity integer, price text, status text)");
            statement.execute(
                    "insert into shop_orders values ('a', 'c1', 'p1', '2026-01-05T10:00:00Z', 3, '2.00', 'done'), ('b', 'c1', 'p1', '2026-01-05T11:00:00Z', -1, '2.00', 'done')");
        }
        assertThat(counted(new Counting.Input.InTable("shop_orders")))
                .containsPattern("quarantined: invalid_values +1\\b")
                .containsPattern("counted +1\\b");
        assertThat(revenue()).contains("2026-01-05", "6");
    }
}
