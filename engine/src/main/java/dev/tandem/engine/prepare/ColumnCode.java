package dev.tandem.engine.prepare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The columns of all stages as fields of the generated class. Each is computed once a record, in the order of the stages, in a
 * method of its own: the order decides which of two failing expressions a record is rejected for, and the JIT compiles small
 * methods well. A column of the parsed row or of a dimension is read only if something names it.
 */
final class ColumnCode {
    private static final int READS_IN_A_METHOD = 30;

    private final Variables variables;
    private final List<Supplier<String>> statements = new ArrayList<>();
    private List<Supplier<Expression>> columns;
    private int joins;

    /** Begins with the columns of a parsed row. */
    ColumnCode(Variables variables, StructType parsed) {
        this.variables = variables;
        var reads = new ArrayList<String>();
        columns = read(List.of(parsed.fields()), reads);
        statements.add(() -> calls("row", reads));
    }

    /** Statements that compute all columns from the parsed row {@code row}; nothing can be added after them. */
    String statements() {
        var code = new StringBuilder();
        statements.forEach(it -> code.append(it.get()));
        return code.toString();
    }

    /** The column at {@code index} of the last stage: a variable or a literal. */
    Expression column(int index) {
        return columns.get(index).get();
    }

    /** Adds a stage's columns. */
    void add(Stage stage) {
        columns = stage.match(
                projected -> project(CollectionConverters.asJava(projected.expressions()), binding(projected.input())),
                this::join);
    }

    /** Adds the columns of {@code expressions} only, which name columns of the stage before through {@code binding}. */
    void add(List<Expression> expressions, Binding binding) {
        columns = project(expressions, binding);
    }

    /** What names the columns so far as {@code attributes}. */
    Binding binding(Seq<Attribute> attributes) {
        Map<ExprId, Supplier<Expression>> known = new HashMap<>();
        for (int index = 0; index < attributes.size(); index++) {
            known.put(attributes.apply(index).exprId(), columns.get(index));
        }
        return new Binding(variables, known);
    }

    private List<Supplier<Expression>> project(List<Expression> expressions, Binding binding) {
        var projected = new ArrayList<Supplier<Expression>>();
        for (var expression : expressions) {
            var value = expression instanceof Alias alias ? alias.child() : expression;
            if (value instanceof Attribute) {
                projected.add(() -> binding.bind(value));
            } else {
                var bound = binding.bind(value);
                var computed = variables.computed(bound);
                computed.ifPresent(it -> statements.add(it::call));
                Expression column =
                        computed.<Expression>map(Variables.Computed::variable).orElse(bound);
                projected.add(() -> column);
            }
        }
        return projected;
    }

    private List<Supplier<Expression>> join(Stage.Joined joined) {
        int number = joins++;
        var key = variables.row(joined.keys().size());
        var keys = joined.keys().stream().map(this::column).toList();
        var row = variables.context().freshName("joined");
        var code = variables.fill(key, keys) + "InternalRow %s = joined(%d, %s);%n".formatted(row, number, key);
        var reads = new ArrayList<String>();
        statements.add(() -> code + calls(row, reads));
        var all = new ArrayList<>(columns);
        all.addAll(read(joined.added(), reads));
        return all;
    }

    /** Columns at the places that {@code fields} have in a row, each with a statement in {@code reads} once it is named. */
    private List<Supplier<Expression>> read(List<StructField> fields, List<String> reads) {
        var all = new ArrayList<Supplier<Expression>>();
        for (int index = 0; index < fields.size(); index++) {
            all.add(new Read(fields.get(index), index, reads));
        }
        return all;
    }

    private String calls(String row, List<String> reads) {
        var code = new StringBuilder();
        for (int from = 0; from < reads.size(); from += READS_IN_A_METHOD) {
            var some = reads.subList(from, Math.min(from + READS_IN_A_METHOD, reads.size()));
            var method = variables.method("read", "InternalRow row", String.join("", some));
            code.append("%s(%s);%n".formatted(method, row));
        }
        return code.toString();
    }

    /** A column of a row, which becomes a field when it is named for the first time. */
    private final class Read implements Supplier<Expression> {
        private final StructField field;
        private final int place;
        private final List<String> reads;
        private Optional<BoundReference> variable = Optional.empty();

        Read(StructField field, int place, List<String> reads) {
            this.field = field;
            this.place = place;
            this.reads = reads;
        }

        @Override
        public Expression get() {
            if (variable.isEmpty()) {
                var made = variables.field(field.dataType(), field.nullable(), "read");
                reads.add(variables.read(made, "row", String.valueOf(place)));
                variable = Optional.of(made);
            }
            return variable.get();
        }
    }
}
