package dev.tandem.parity.traits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.parity.traits.CommonTraits.Counted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommonTraitsTest {
    private static final int RECORDS = 20_000;
    private static final double USUAL = 0.01;

    /** (C(40,8)·C(160,2) + C(40,9)·C(160,1) + C(40,10)) / C(200,10) = 4.5558·10⁻⁵, by hand. */
    @Test
    void tellsFishersExactProbability() {
        var common = CommonTraits.of(10, 200, 4, List.of(new Counted("partition", "3", 8, 40)));
        assertThat(common.traits()).hasSize(1);
        var trait = common.traits().get(0);
        assertThat(trait.lift()).isEqualTo(4.0, within(1e-12));
        assertThat(trait.probability()).isEqualTo(4 * EXACT, within(1e-9));
        assertThat(CommonText.sentence(trait, common, "late"))
                .isEqualTo("8 of 10 late records come from partition 3, which holds 20 % of all records.");
        assertThat(CommonText.statistics(trait)).isEqualTo("4.0 times as frequent as among all, p = 2e-04");
    }

    /** 0.1⁵ is the probability of five records of such an hour or shop in a row; there are 1,000 with and 9,000 without. */
    @Test
    void tellsEachKindOfTraitInPlainWords() {
        assertThat(sentences(new Counted("hour of arrival", "2026-01-31T23:00:00Z", 5, 1_000)))
                .containsExactly(
                        "All 5 late records arrived in the hour 2026-01-31 23:00 to 00:00 UTC, as 10 % of all records did.");
        assertThat(sentences(new Counted("shop", "s7", 5, 1_000)))
                .containsExactly("All 5 late records have shop = s7, as 10 % of all records do.");
        assertThat(sentences(new Counted("file", "part-7.csv", 5, 1_000)))
                .containsExactly("All 5 late records come from file part-7.csv, which holds 10 % of all records.");
    }

    @Test
    void saysSoWhereRecordsHaveNothingInCommon() {
        assertThat(sentences(new Counted("shop", "s7", 1, 2_000)))
                .containsExactly("Nothing; no value is more frequent among the 5 late records than chance explains.");
    }

    private static List<String> sentences(Counted counted) {
        return CommonText.sentences(CommonTraits.of(5, 10_000, 1, List.of(counted)), "late");
    }

    private static final double EXACT = exact();

    private static double exact() {
        double ways = choose(40, 8) * choose(160, 2) + choose(40, 9) * choose(160, 1) + choose(40, 10);
        return ways / choose(200, 10);
    }

    private static double choose(int of, int some) {
        double ways = 1;
        for (int index = 1; index <= some; index++) {
            ways = ways * (of - some + index) / index;
        }
        return ways;
    }

    @Test
    void namesNothingThatTwoRecordsHave() {
        assertThat(CommonTraits.of(2, 100_000, 1, List.of(new Counted("user", "u1", 2, 2)))
                        .traits())
                .isEmpty();
    }

    @Test
    void namesNothingThatAllRecordsHave() {
        assertThat(CommonTraits.of(500, 1_000, 1, List.of(new Counted("user", "u1", 500, 1_000)))
                        .traits())
                .isEmpty();
    }

    /** Records of random partitions, shops and days, of which some are refused; those with one shop or partition far more often. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void namesThePlantedTraitFirstAndNothingElseWhereThereIsNone(boolean planted) {
        for (int plan = 0; plan < 100; plan++) {
            var random = new SplittableRandom(plan);
            int partitions = random.nextInt(2, 13);
            int shops = random.nextInt(5, 400);
            var name = random.nextBoolean() ? "partition" : "shop";
            var value = Integer.toString(random.nextInt(name.equals("partition") ? partitions : shops));
            double often = Math.min(0.9, 20 * USUAL);
            var counts = new TreeMap<String, Map<String, long[]>>();
            long refused = 0;
            for (int number = 0; number < RECORDS; number++) {
                var traits = Map.of(
                        "partition", Integer.toString(random.nextInt(partitions)),
                        "shop", Integer.toString(random.nextInt(shops)),
                        "day", Integer.toString(random.nextInt(7)));
                double chance = planted && value.equals(traits.get(name)) ? often : USUAL / (planted ? 20 : 1);
                boolean isRefused = random.nextDouble() < chance;
                refused += isRefused ? 1 : 0;
                traits.forEach((trait, its) -> {
                    var count = counts.computeIfAbsent(trait, key -> new TreeMap<>())
                            .computeIfAbsent(its, key -> new long[2]);
                    count[0] += isRefused ? 1 : 0;
                    count[1]++;
                });
            }
            var counted = new ArrayList<Counted>();
            counts.forEach((trait, values) ->
                    values.forEach((its, count) -> counted.add(new Counted(trait, its, count[0], count[1]))));
            var common = CommonTraits.of(refused, RECORDS, counted.size(), counted);
            if (planted) {
                assertThat(common.traits().get(0).counted())
                        .as("plan %d", plan)
                        .returns(name, Counted::name)
                        .returns(value, Counted::value);
            } else {
                assertThat(common.traits()).as("plan %d", plan).isEmpty();
            }
        }
    }
}
