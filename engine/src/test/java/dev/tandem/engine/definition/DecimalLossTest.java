package dev.tandem.engine.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.engine.EngineException;
import dev.tandem.engine.spark.SparkRuntime;
import dev.tandem.model.Problem;
import dev.tandem.model.reading.DefinitionReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalLossTest {
    private static final String DEFINITION = """
            pipeline: wide
            time: { event: at }
            source: { kafka: wide }
            schema: "wide DECIMAL(38,18), other DECIMAL(38,18), whole DECIMAL(38,0), money DECIMAL(12,2), n BIGINT, at TIMESTAMP%s"
            steps:
              - set: { %s }
            views:
              totals: { measures: { n: count(*), total: sum(money) }, derive: { often: total * 100 } }
            outputs: [ { view: totals, table: "${mode}_totals", in: sqlite } ]
            """;

    @TempDir
    static Path scratch;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            wide * other | the product of DECIMAL(38,18) and DECIMAL(38,18) would be rounded to DECIMAL(38,6), which has 6 of the 36 digits behind the point
            wide * n | the product of DECIMAL(38,18) and DECIMAL(20,0) would be rounded to DECIMAL(38,6), which has 6 of the 18 digits behind the point
            wide + whole | DECIMAL(38,18) and DECIMAL(38,0), added, would be rounded to DECIMAL(38,6), which has 6 of the 18 digits behind the point
            whole - wide | DECIMAL(38,0) and DECIMAL(38,18), one subtracted from the other, would be rounded to DECIMAL(38,6), which has 6 of the 18 digits behind the point
            wide + other | DECIMAL(38,18) and DECIMAL(38,18), added, would be rounded to DECIMAL(38,17), which has 17 of the 18 digits behind the point
            abs(wide * other) | the product of DECIMAL(38,18) and DECIMAL(38,18) would be rounded to DECIMAL(38,6), which has 6 of the 36 digits behind the point
            try_multiply(wide, other) | the product of DECIMAL(38,18) and DECIMAL(38,18) would be rounded to DECIMAL(38,6), which has 6 of the 36 digits behind the point
            """)
    void isRefusedWithTheTypeAndAHint(String expression, String what) {
        assertThat(problems("", "x: \"" + expression + "\"")).singleElement().satisfies(problem -> {
            assertThat(problem.what()).isEqualTo(what);
            assertThat(problem.hint())
                    .startsWith("cast the operands to fewer digits first, as in try_cast(… AS DECIMAL(18,8))");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "try_cast(wide AS DECIMAL(19,18)) * try_cast(other AS DECIMAL(18,0))",
                "money * n",
                "money * 1.19",
                "wide / nullif(other, 0)",
                "wide > money",
                "coalesce(wide, money)",
                "round(wide, 2)",
                "try_cast(wide AS DECIMAL(12,2))"
            })
    void isNotFoundWhereNothingIsRoundedUnasked(String expression) {
        assertThat(problems("", "x: \"" + expression + "\"")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bitcoin", "orders", "retail", "shop_events", "trades", "tweets", "user_activity", "wikipedia"})
    void isNotFoundInAPipelineThatIsShipped(String name) {
        var file = Path.of("../pipelines", name, "pipeline.yaml");
        assertThat(Expressions.check(DefinitionReader.read(file, name))).isEmpty();
    }

    @Test
    void isRefusedWhereADefinitionRunsUnchecked() {
        var pipeline = DefinitionReader.parse(DEFINITION.formatted("", "x: wide * other"), "wide.yaml");
        try (var spark = SparkRuntime.open("local[1]", scratch)) {
            assertThatThrownBy(() -> Compiled.of(pipeline, spark))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("would be rounded to DECIMAL(38,6)");
        }
    }

    /** What {@code check} accepts is held against {@link BigDecimal}, and it must accept whatever has 38 digits in all. */
    @Test
    void leavesNothingThatSparkRounds() {
        var random = new SplittableRandom(10);
        var cases = new ArrayList<Case>();
        for (int number = 0; number < 60; number++) {
            cases.add(Case.random(number, random));
        }
        var refused = problems(fields(cases), sets(cases)).stream()
                .map(it -> it.place().line() + ":" + it.place().column())
                .distinct()
                .count();
        var accepted = cases.stream()
                .filter(it -> problems(fields(List.of(it)), it.set()).isEmpty())
                .toList();
        assertThat(accepted)
                .hasSize(cases.size() - (int) refused)
                .containsAll(cases.stream().filter(Case::fits).toList());
        try (var spark = SparkRuntime.open("local[1]", scratch)) {
            Row row = spark.session()
                    .sql("select "
                            + String.join(", ", accepted.stream().map(Case::sql).toList()))
                    .first();
            for (int index = 0; index < accepted.size(); index++) {
                assertThat(row.getDecimal(index))
                        .as("%s", accepted.get(index))
                        .isEqualByComparingTo(accepted.get(index).exact());
            }
        }
    }

    /** Two numbers with one digit before the point at most, and all digits of their types behind it. */
    private record Case(
            int number, char operation, BigDecimal left, int leftDigits, BigDecimal right, int rightDigits) {
        static Case random(int number, SplittableRandom random) {
            int leftScale = random.nextInt(0, 20);
            int rightScale = random.nextInt(0, 20);
            return new Case(
                    number,
                    "*+-".charAt(random.nextInt(3)),
                    nines(leftScale),
                    leftScale + random.nextInt(1, 39 - leftScale),
                    nines(rightScale),
                    rightScale + random.nextInt(1, 39 - rightScale));
        }

        private static BigDecimal nines(int scale) {
            return new BigDecimal(BigInteger.TEN.pow(scale).subtract(BigInteger.ONE), scale);
        }

        BigDecimal exact() {
            return switch (operation) {
                case '*' -> left.multiply(right);
                case '+' -> left.add(right);
                default -> left.subtract(right);
            };
        }

        /** By the rules for exact decimals: digits add up in a product, and a sum may have one more than its wider side. */
        boolean fits() {
            int before = Math.max(leftDigits - left.scale(), rightDigits - right.scale());
            int sum = before + Math.max(left.scale(), right.scale()) + 1;
            return (operation == '*' ? leftDigits + rightDigits + 1 : sum) <= 38;
        }

        String fields() {
            return ", a%1$d DECIMAL(%2$d,%3$d), b%1$d DECIMAL(%4$d,%5$d)"
                    .formatted(number, leftDigits, left.scale(), rightDigits, right.scale());
        }

        String set() {
            return "x%1$d: \"a%1$d %2$s b%1$d\"".formatted(number, operation);
        }

        String sql() {
            return "cast('%s' as decimal(%d,%d)) %s cast('%s' as decimal(%d,%d))"
                    .formatted(
                            left.toPlainString(),
                            leftDigits,
                            left.scale(),
                            operation,
                            right.toPlainString(),
                            rightDigits,
                            right.scale());
        }
    }

    private static String fields(List<Case> cases) {
        return String.join("", cases.stream().map(Case::fields).toList());
    }

    private static String sets(List<Case> cases) {
        return String.join(", ", cases.stream().map(Case::set).toList());
    }

    private static List<Problem> problems(String fields, String set) {
        return Expressions.check(DefinitionReader.parse(DEFINITION.formatted(fields, set), "wide.yaml"));
    }
}
