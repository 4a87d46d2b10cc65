package dev.tandem.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/** Source files and methods stay short enough to be read at once (CONTRIBUTING.md). Tests may hold longer tables. */
class SourceLengthTest {
    private static final int MOST_LINES = 400;
    private static final int MOST_LINES_OF_A_METHOD = 40;
    private static final int LEAST_FILES = 500;
    private static final int LEAST_METHODS = 3_000;

    /** A method or constructor, from its first annotation or modifier to its closing brace. */
    private record Method(String name, String file, long firstLine, long lines) {}

    private static List<Path> sources(String kinds) throws IOException {
        try (var files = Files.find(
                Path.of(".."),
                20,
                (file, attributes) -> file.toString().matches("\\.\\..*/src/%s/java/.*\\.java".formatted(kinds)))) {
            return files.toList();
        }
    }

    private static long lines(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Method> methods(List<Path> sources) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var units = files.getJavaFileObjectsFromPaths(sources);
            var task = (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null, units);
            var positions = Trees.instance(task).getSourcePositions();
            var methods = new ArrayList<Method>();
            for (var unit : task.parse()) {
                new MethodScanner(unit, positions, methods).scan(unit, null);
            }
            return methods;
        }
    }

    private static final class MethodScanner extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<Method> methods;

        MethodScanner(CompilationUnitTree unit, SourcePositions positions, List<Method> methods) {
            this.unit = unit;
            this.positions = positions;
            this.methods = methods;
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            var lines = unit.getLineMap();
            long first = lines.getLineNumber(positions.getStartPosition(unit, method));
            long last = lines.getLineNumber(positions.getEndPosition(unit, method));
            var file = unit.getSourceFile().getName();
            methods.add(new Method(method.getName().toString(), file, first, last - first + 1));
            return super.visitMethod(method, null);
        }
    }

    @Test
    void noFileIsLongerThanFourHundredLines() throws IOException {
        var sources = sources("(main|test)");
        assertThat(sources).hasSizeGreaterThan(LEAST_FILES);
        assertThat(sources).allSatisfy(file -> assertThat(lines(file)).isLessThanOrEqualTo(MOST_LINES));
    }

    @Test
    void noMethodIsLongerThanFortyLines() throws IOException {
        var methods = methods(sources("main"));
        assertThat(methods).hasSizeGreaterThan(LEAST_METHODS);
        assertThat(methods)
                .filteredOn(method -> method.lines() > MOST_LINES_OF_A_METHOD)
                .isEmpty();
    }
}
