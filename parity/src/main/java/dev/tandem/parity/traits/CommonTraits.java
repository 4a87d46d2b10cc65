package dev.tandem.parity.traits;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.distribution.HypergeometricDistribution;

/**
 * Which traits are more frequent among some records than among all of them, by more than chance explains.
 *
 * <p>Under chance alone, the refused records are a sample of all records without replacement, so the number of those with a trait is
 * hypergeometric (Fisher's exact test, one-sided). Where at least {@value #MANY} are expected, the likelihood ratio G is compared with
 * the chi-square distribution of one degree of freedom instead. Probabilities are multiplied by the number of traits that were looked
 * at (Bonferroni).
 *
 * @param refused how many records were refused
 * @param all how many records there are
 * @param traits the likelihood ratio's largest first
 */
public record CommonTraits(long refused, long all, List<Common> traits) {
    private static final double MANY = 100;
    private static final double SIGNIFICANT = 0.001;
    private static final long FEWEST = 3;
    private static final double SMALLEST_SHARE = 0.1;
    private static final double SMALLEST_LIFT = 1.5;
    private static final int TOLD = 5;

    /** A trait that some of the refused and some of all records have. */
    public record Counted(String name, String value, long refused, long all) {}

    /**
     * A trait that refused records have in common.
     *
     * @param lift how many times as frequent it is among refused records as among all
     * @param probability of so many or more by chance, in any of the traits; at most 1
     * @param ratio the likelihood ratio G
     */
    public record Common(Counted counted, double lift, double probability, double ratio) {}

    /** {@code tested} is how many traits were looked at, of which {@code counted} are the most frequent. */
    public static CommonTraits of(long refused, long all, long tested, List<Counted> counted) {
        var traits = new ArrayList<Common>();
        for (var each : counted) {
            common(refused, all, Math.max(tested, counted.size()), each).ifPresent(traits::add);
        }
        traits.sort(Comparator.comparingDouble(Common::ratio)
                .reversed()
                .thenComparing(it -> it.counted().name())
                .thenComparing(it -> it.counted().value()));
        return new CommonTraits(refused, all, List.copyOf(traits.subList(0, Math.min(TOLD, traits.size()))));
    }

    private static Optional<Common> common(long refused, long all, long tested, Counted counted) {
        if (counted.refused() < FEWEST || counted.refused() < SMALLEST_SHARE * refused) {
            return Optional.empty();
        }
        double expected = (double) refused * counted.all() / all;
        double lift = counted.refused() / expected;
        if (lift < SMALLEST_LIFT) {
            return Optional.empty();
        }
        double ratio = ratio(refused, all, counted);
        double probability = Math.min(1, tested * chance(refused, all, counted, expected, ratio));
        return probability > SIGNIFICANT
                ? Optional.empty()
                : Optional.of(new Common(counted, lift, probability, ratio));
    }

    private static double chance(long refused, long all, Counted counted, double expected, double ratio) {
        if (expected >= MANY || all > Integer.MAX_VALUE) {
            return (1 - new ChiSquaredDistribution(null, 1).cumulativeProbability(ratio)) / 2;
        }
        return new HypergeometricDistribution(
                        null, Math.toIntExact(all), Math.toIntExact(counted.all()), Math.toIntExact(refused))
                .upperCumulativeProbability(Math.toIntExact(counted.refused()));
    }

    /** G = 2 Σ observed · ln(observed / expected) over refused or not, with the trait or without. */
    private static double ratio(long refused, long all, Counted counted) {
        long with = counted.refused();
        long without = refused - with;
        long othersWith = counted.all() - with;
        long othersWithout = all - refused - othersWith;
        return 2
                * (term(with, refused, counted.all(), all)
                        + term(without, refused, all - counted.all(), all)
                        + term(othersWith, all - refused, counted.all(), all)
                        + term(othersWithout, all - refused, all - counted.all(), all));
    }

    private static double term(long observed, long row, long column, long all) {
        return observed == 0 ? 0 : observed * Math.log((double) observed * all / ((double) row * column));
    }
}
