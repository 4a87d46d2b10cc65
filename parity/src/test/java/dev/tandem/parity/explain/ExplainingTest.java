package dev.tandem.parity.explain;

import static dev.tandem.parity.explain.ByHand.values;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tandem.fold.recount.PartLog.Counted;
import dev.tandem.fold.recount.Recount.Deviation;
import dev.tandem.parity.explain.Explanation.Bridge;
import dev.tandem.parity.explain.Explanation.Step;
import dev.tandem.parity.explain.RowEvidence.Cell;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainingTest {
    private static final Path GOLDEN = Path.of("src/test/resources/dev/tandem/parity/explain");

    /** Two in both modes, two late ones, and a copy that the stream has counted again. */
    private static ByHand row() {
        return new ByHand()
                .both(1, 10)
                .both(2, 20)
                .only(Counted.BY_BATCH, Deviation.LATE, 3, 6)
                .only(Counted.BY_BATCH, Deviation.LATE, 5, 50)
                .only(Counted.BY_STREAM, Deviation.DUP_HORIZON, 4, 10);
    }

    private static Bridge bridge(Explanation explanation, String measure) {
        return explanation.measures().stream()
                .filter(it -> it.measure().equals(measure))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> steps(Bridge bridge) {
        return bridge.steps().stream()
                .map(it ->
                        it.cause() + " " + it.amount().map(ValueText::amount).orElseGet(() -> ValueText.value(it.to())))
                .toList();
    }

    @Nested
    class ACount {
        @Test
        void gainsWhatWasLateAndLosesWhatWasCountedAgain() {
            var bridge = bridge(row().explained(), "n");
            assertThat(bridge.stream()).contains("3");
            assertThat(bridge.batch()).contains("4");
            assertThat(steps(bridge)).containsExactly("late +2", "dup_horizon -1");
            assertThat(bridge.additive()).isTrue();
            assertThat(bridge.complete()).isTrue();
        }

        @Test
        void isZeroWhereTheStreamHasNoRow() {
            var late = new ByHand().only(Counted.BY_BATCH, Deviation.LATE, 1, 7).explained();
            assertThat(bridge(late, "n").stream()).isEmpty();
            assertThat(bridge(late, "n").difference()).contains(BigDecimal.ONE);
            assertThat(steps(bridge(late, "likes"))).containsExactly("late +7");
        }
    }

    @Nested
    class AMeasureThatIsNoSum {
        /** 40/3 with the copy; (10+20+6+50+10)/5 with the late ones too; 86/4 without the copy. */
        @Test
        void changesByEachCauseInTurn() {
            var bridge = bridge(row().explained(), "mean");
            assertThat(bridge.steps()).extracting(Step::to).containsExactly(Optional.of("19.2"), Optional.of("21.5"));
            assertThat(steps(bridge)).containsExactly("late +5.866667", "dup_horizon +2.3");
            assertThat(bridge.additive()).isFalse();
        }

        @Test
        void isToldAsTextWhereItIsNoNumber() {
            var bridge = bridge(row().explained(), "last");
            assertThat(steps(bridge)).containsExactly("late t-5", "dup_horizon t-5");
            assertThat(bridge.difference()).isEmpty();
            assertThat(bridge.complete()).isTrue();
        }
    }

    @Nested
    class AStoredRow {
        @Test
        void thatSomebodyChangedIsTheSinks() {
            var changed = row().stored(values(9L, 40L, new BigDecimal("13.333333"), 20L, "t-4"), new Cell.NoRow())
                    .explained();
            assertThat(steps(bridge(changed, "n"))).containsExactly("sink -6", "late +2", "dup_horizon -1", "sink -4");
            assertThat(bridge(changed, "n").complete()).isTrue();
        }

        @Test
        void ofAnotherDefinitionIsTheDefinitions() {
            var changed = row().streamedBy("older")
                    .stored(
                            values(9L, 40L, new BigDecimal("13.333333"), 20L, "t-4"),
                            values(4L, 86L, new BigDecimal("21.500000"), 50L, "t-5"))
                    .explained();
            assertThat(steps(bridge(changed, "n"))).containsExactly("definition -6", "late +2", "dup_horizon -1");
        }

        @Test
        void thatAgreesIsTold() {
            var same = new ByHand().both(1, 3).explained();
            assertThat(same.measures())
                    .hasSize(5)
                    .allMatch(Bridge::agrees)
                    .allMatch(it -> it.steps().isEmpty());
        }
    }

    /** Any records with any fate and any stored rows: the amounts add up to the last digit. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void theStepsSumExactly(long seed) {
        var random = new SplittableRandom(seed);
        var row = new ByHand();
        for (int position = 0; position < 40; position++) {
            var why = List.of(Deviation.values()).get(random.nextInt(5));
            switch (random.nextInt(3)) {
                case 0 -> row.both(position, random.nextInt(100));
                case 1 -> row.only(Counted.BY_BATCH, why, position, random.nextInt(100));
                default -> row.only(Counted.BY_STREAM, why, position, random.nextInt(100));
            }
        }
        if (random.nextBoolean()) {
            row.stored(values(random.nextLong(9), 1L, new BigDecimal("0.1"), null, "x"), new Cell.NoRow());
        }
        for (var bridge : row.explained().measures()) {
            var sum = bridge.steps().stream()
                    .map(it -> it.amount().orElse(BigDecimal.ZERO))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(sum.compareTo(bridge.difference().orElse(BigDecimal.ZERO)))
                    .isZero();
            assertThat(bridge.complete()).isTrue();
        }
    }

    @Test
    void theRecordsAreBoundedAndCounted() {
        var row = new ByHand();
        for (int position = 0; position < 10; position++) {
            row.only(Counted.BY_BATCH, Deviation.LATE, position, 1);
        }
        var cause = row.explained().causes().get(0);
        assertThat(cause.records()).isEqualTo(10);
        assertThat(cause.first()).extracting(it -> it.at().position()).containsExactly(0L, 1L, 2L);
    }

    @Test
    void bytesOfStrangersMoveNoCursor() {
        assertThat(OneLine.of("a\u001b[2Jb\nc\u202ed".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isEqualTo("a [2Jb c d");
        assertThat(OneLine.of("x".repeat(500).getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .hasSize(161)
                .endsWith("…");
    }

    private static Answer answer() {
        return new Answer("shop", 1, 1, List.of(), 1, List.of(row().explained()));
    }

    private static void isGolden(String name, String actual) throws IOException {
        var file = GOLDEN.resolve(name);
        if (Boolean.getBoolean("golden.renew")) {
            Files.writeString(file, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(file));
    }

    @Test
    void theTextIsTheGoldenOne() throws IOException {
        isGolden("answer.txt", AnswerText.of(answer()));
    }

    @Test
    void theMarkdownIsTheGoldenOne() throws IOException {
        isGolden("answer.md", AnswerMarkdown.of(answer()));
    }

    @Test
    void theJsonIsTheGoldenOne() throws IOException {
        var document = JsonNodeFactory.instance.objectNode();
        AnswerJson.write(answer(), document);
        isGolden("answer.json", document.toPrettyString() + "\n");
    }
}
