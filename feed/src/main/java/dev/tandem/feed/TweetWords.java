package dev.tandem.feed;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.datafaker.Faker;

/**
 * The words that made-up tweets are made of, put together once: asking the word library for every event would cost more than the
 * rest of the event. The same for every seed, so that two feeds speak of the same tags.
 */
final class TweetWords {

    static final int TAGS = 300;

    private static final int PHRASES = 400;
    private static final double ZIPF = 1.05;

    /** The most popular tags, in scripts of the world; none has a letter whose small form depends on its neighbours or country. */
    private static final List<String> FAVOURITES = List.of(
            "Kafka",
            "Spark",
            "DataEngineering",
            "BreakingNews",
            "Streaming",
            "東京",
            "Cricket",
            "AI",
            "Football",
            "Java",
            "Москва",
            "Election2026",
            "Fútbol",
            "Weather",
            "क्रिकेट",
            "MondayMotivation",
            "القاهرة",
            "Python",
            "Bitcoin",
            "München",
            "OpenSource",
            "ニュース",
            "Travel",
            "Foodie",
            "서울",
            "NowPlaying",
            "Kraków",
            "Startup",
            "北京",
            "SQL",
            "Київ",
            "Music",
            "เชียงใหม่",
            "BigData",
            "España",
            "Photography",
            "Αθήνα",
            "HàNội",
            "Marathon",
            "תל_אביב");

    private static final List<String> WORLD_PHRASES = List.of(
            "今日はいい天気ですね",
            "Сегодня весь день дождь",
            "आज का मैच शानदार था",
            "صباح الخير من القاهرة",
            "오늘 경기 정말 재미있었다",
            "今天的数据到了 📈",
            "¡Qué partidazo el de anoche! ⚽",
            "Das Frühstück in München war köstlich",
            "C'était déjà l'été à Paris",
            "Καλημέρα από την Αθήνα ☀️",
            "วันนี้อากาศดีมาก",
            "בוקר טוב מתל אביב");

    private final List<List<String>> tags;
    private final double[] popularity = new double[TAGS];
    private final List<String> beginnings;
    private final List<String> endings;

    TweetWords() {
        var faker = new Faker(Locale.ENGLISH, new Random(20));
        tags = tagNames(faker).stream().map(TweetWords::spellings).toList();
        beginnings = phrases(() -> beginning(faker));
        endings = phrases(() -> ending(faker));
        var sum = 0.0;
        for (var rank = 0; rank < TAGS; rank++) {
            sum += 1 / StrictMath.pow(rank + 1.0, ZIPF);
            popularity[rank] = sum;
        }
    }

    /** A tag by Zipf's law: the second half as popular as the first, the third a third. */
    int popularTag(SplittableRandom random) {
        var chance = random.nextDouble() * popularity[TAGS - 1];
        var low = 0;
        var high = TAGS - 1;
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (popularity[middle] > chance) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** A tag as somebody types it: mostly as it is, sometimes small or capital. */
    String spelled(int tag, SplittableRandom random) {
        var chance = random.nextInt(20);
        return tags.get(tag).get(chance < 14 ? 0 : chance < 18 ? 1 : 2);
    }

    String beginning(SplittableRandom random) {
        return random.nextInt(12) == 0
                ? WORLD_PHRASES.get(random.nextInt(WORLD_PHRASES.size()))
                : beginnings.get(random.nextInt(PHRASES));
    }

    String ending(SplittableRandom random) {
        return endings.get(random.nextInt(PHRASES));
    }

    private static List<String> spellings(String tag) {
        return List.of(tag, tag.toLowerCase(Locale.ROOT), tag.toUpperCase(Locale.ROOT));
    }

    private static List<String> tagNames(Faker faker) {
        var names = new LinkedHashMap<String, String>();
        FAVOURITES.forEach(tag -> names.put(tag.toLowerCase(Locale.ROOT), tag));
        while (names.size() < TAGS) {
            Stream.of(
                            faker.programmingLanguage().name(),
                            faker.food().dish(),
                            faker.country().name(),
                            faker.company().buzzword())
                    .map(TweetWords::joined)
                    .filter(tag -> tag.matches("[A-Z][A-Za-z]{2,19}") && names.size() < TAGS)
                    .forEach(tag -> names.putIfAbsent(tag.toLowerCase(Locale.ROOT), tag));
        }
        return List.copyOf(names.values());
    }

    private static String joined(String words) {
        return Stream.of(words.split("[ -]"))
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }

    private static List<String> phrases(Supplier<String> phrase) {
        return Stream.generate(phrase).limit(PHRASES).collect(Collectors.toCollection(ArrayList::new));
    }

    private static String beginning(Faker faker) {
        var hacker = faker.hacker();
        return switch (faker.random().nextInt(5)) {
            case 0 ->
                "Just had %s in %s"
                        .formatted(faker.food().dish(), faker.country().name());
            case 1 -> "Who else is %s the %s %s?".formatted(hacker.ingverb(), hacker.adjective(), hacker.noun());
            case 2 -> "We should %s the %s %s".formatted(hacker.verb(), hacker.adjective(), hacker.noun());
            case 3 ->
                "Nobody told me that %s writes %s"
                        .formatted(
                                faker.name().firstName(),
                                faker.programmingLanguage().name());
            default -> "Good morning %s 👋".formatted(faker.country().name());
        };
    }

    private static String ending(Faker faker) {
        var hacker = faker.hacker();
        return switch (faker.random().nextInt(4)) {
            case 0 -> "and now %s the %s".formatted(hacker.ingverb(), hacker.noun());
            case 1 -> "says %s \"what a %s %s\"".formatted(faker.name().firstName(), hacker.adjective(), hacker.noun());
            case 2 -> "more %s, please".formatted(faker.food().dish());
            default -> "is %s for everyone".formatted(faker.company().buzzword());
        };
    }
}
