package dev.tandem.app;

import dev.tandem.app.run.Replay;
import dev.tandem.parity.explain.AnswerJson;
import dev.tandem.parity.explain.AnswerText;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Plays what a stream has landed once more, elsewhere: in the same order or in another one, which a seed decides. */
@Command(
        name = "replay",
        description = "Replays a stream's landed records as stream and as batch in a separate folder, and compares.",
        footer =
                "The state is in .tandem/replay, which is emptied first. Equal seeds give equal results unless --speed is given."
                        + " Given the file of a capsule instead of a pipeline, it reproduces the difference that is in it.")
final class ReplayVerb implements Verb {
    private static final Pattern FACTOR = Pattern.compile("(\\d{1,9}(?:\\.\\d+)?)x?");

    @Mixin
    private ComputedTarget target = new ComputedTarget();

    @Option(
            names = "--speed",
            paramLabel = "FACTOR",
            description = "so many times as fast as event time went by, as in 20x (default: all at once)")
    private @Nullable String speed;

    @Option(
            names = "--disorder",
            paramLabel = "TIME",
            description = "each record arrives late by a share of up to this much event time")
    private @Nullable String disorder;

    @Option(names = "--seed", paramLabel = "N", description = "of the disorder (default: the definition's)")
    private @Nullable Long seed;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "the report's folder (default: comparison/output in the replay's own folder)")
    private @Nullable Path out;

    @Override
    public Exit run(Shell shell) throws InterruptedException {
        var capsule = target.capsule(shell);
        return capsule.isPresent() ? played(shell, capsule.get()) : replayed(shell);
    }

    /** A capsule is counted again as it was, so there is nothing to choose. */
    private Exit played(Shell shell, Path capsule) throws InterruptedException {
        if (speed != null || disorder != null || seed != null || out != null) {
            throw CommandException.usage(
                    "Cannot play a capsule with --speed, --disorder, --seed or --out: it reproduces one difference as it was");
        }
        var played = CapsuleVerb.capsules(shell, target.home(shell)).play(capsule);
        var told = played.reproduced()
                ? "reproduced: each number and each cause is as the capsule says"
                : "NOT reproduced: the capsule says %s".formatted(played.expected());
        Answers.answer(shell, "replay", AnswerText.of(played.answer()) + "\n" + told, document -> {
            AnswerJson.write(played.answer(), document);
            document.put("reproduced", played.reproduced()).set("expected", played.expected());
        });
        return played.reproduced() ? Exit.FINE : Exit.DISAGREES;
    }

    private Exit replayed(Shell shell) throws InterruptedException {
        var wish = new Replay.Request(
                target.sound(shell),
                Optional.ofNullable(speed).map(ReplayVerb::factor),
                FeedOptions.lateness(disorder),
                Optional.ofNullable(seed),
                Optional.ofNullable(out).map(shell.surroundings().directory()::resolve),
                command(shell));
        var result = new Replay(target.hosting(shell), shell.clock(), new ShellNarrator(shell.progress())).run(wish);
        Answers.report(shell, result.report(), result.file());
        return Answers.exit(result.report());
    }

    private static double factor(String text) {
        var number = FACTOR.matcher(text);
        double factor = number.matches() ? Double.parseDouble(number.group(1)) : 0;
        if (factor == 0) {
            throw new CommandException(
                    Exit.USAGE, "Cannot read --speed '%s': it is no factor above 0; write e.g. 20x".formatted(text));
        }
        return factor;
    }

    /** The words that lead to the same report again. */
    private List<String> command(Shell shell) {
        var words = target.command(shell, "replay");
        if (speed != null) {
            words.addAll(List.of("--speed", speed));
        }
        if (disorder != null) {
            words.addAll(List.of("--disorder", disorder));
        }
        if (seed != null) {
            words.addAll(List.of("--seed", seed.toString()));
        }
        return List.of(String.join(" ", words));
    }
}
