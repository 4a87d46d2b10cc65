package dev.tandem.engine.prepare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.lang3.SerializationUtils;
import org.apache.spark.sql.catalyst.expressions.codegen.CodeGenerator;
import org.apache.spark.sql.catalyst.expressions.codegen.GeneratedClass;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Packs with a class generated from the definition. What the generator cannot do is left to the projections: a definition with an
 * unusual expression is slower, never different.
 */
public final class GeneratedPacker implements RecordPacker {
    private static final long serialVersionUID = 1L;

    private final StructType parsed;
    private final ArrayList<Stage> stages;
    private final PreparedLayout layout;
    private final PackedContents contents;
    private final RecordPacker projections;
    private transient volatile @Nullable Attempt attempt;

    /** A class, or why there is none. */
    private record Attempt(Optional<PackerCode> made, Optional<String> obstacle) {
        static Attempt failed(String obstacle) {
            return new Attempt(Optional.empty(), Optional.of(obstacle));
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // as Spark hands them over
    private record PackerCode(GeneratedClass code, Object[] references) {}

    /**
     * A packer for {@code stages}, the first of which reads rows of type {@code parsed}.
     *
     * @param layout what the columns of the last stage are
     * @param projections packs the same records in the same way, only slower
     */
    public GeneratedPacker(
            StructType parsed,
            List<Stage> stages,
            PreparedLayout layout,
            PackedContents contents,
            RecordPacker projections) {
        this.parsed = parsed;
        this.stages = new ArrayList<>(stages);
        this.layout = layout;
        this.contents = contents;
        this.projections = projections;
    }

    /**
     * The class itself is made once a process and its objects once a thread: an expression that is evaluated keeps the values of
     * its variables in itself.
     */
    @Override
    public Running running() {
        return attempt().made().map(this::running).orElseGet(projections::running);
    }

    private Running running(PackerCode made) {
        var references = SerializationUtils.clone(made.references());
        var dimensions = new ArrayList<Lookup>();
        stages.forEach(stage -> stage.match(projected -> false, joined -> dimensions.add(joined.dimension())));
        return ((GeneratedRecord) made.code().generate(references)).with(contents, dimensions.toArray(Lookup[]::new));
    }

    @Override
    public Path path() {
        return attempt().made().isPresent() ? Path.GENERATED : Path.PROJECTIONS;
    }

    /** Why there is no generated class; empty if there is one. */
    public Optional<String> obstacle() {
        return attempt().obstacle();
    }

    private synchronized Attempt attempt() {
        var known = attempt;
        if (known == null) {
            known = make();
            attempt = known;
        }
        return known;
    }

    // Spark's generator throws checked exceptions without declaring them, and asserts what it expects.
    private Attempt make() {
        try {
            var source = RecordCode.of(parsed, stages, layout);
            var compiled = CodeGenerator.compile(source.code());
            int largest = compiled._2().maxMethodCodeSize();
            if (largest > CodeGenerator.DEFAULT_JVM_HUGE_METHOD_LIMIT()) {
                return Attempt.failed("a method has %d bytes, which the JIT leaves uncompiled".formatted(largest));
            }
            return new Attempt(Optional.of(new PackerCode(compiled._1(), source.references())), Optional.empty());
        } catch (Exception | AssertionError failed) {
            return Attempt.failed(String.valueOf(failed.getMessage()));
        }
    }
}
