package dev.tandem.engine.prepare;

import dev.tandem.fold.IdentityHash;
import dev.tandem.fold.block.BlockWriter;
import dev.tandem.model.Dedup;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.codegen.CodeAndComment;
import org.apache.spark.sql.catalyst.expressions.codegen.CodeFormatter;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** The source of the class that runs one definition: what {@link GeneratedRecord} leaves open. */
final class RecordCode {
    private static final int VALUES_IN_A_METHOD = 50;
    private static final String OUT = BlockWriter.class.getName() + " out";

    /** A class, and the objects that it refers to. */
    @SuppressWarnings("ArrayRecordComponent") // as Spark hands them over
    record Source(CodeAndComment code, Object[] references) {}

    private final Variables variables = new Variables();
    private final ValueCode values = new ValueCode(variables);
    private final ColumnCode columns;
    private final PreparedLayout layout;

    private RecordCode(StructType parsed, PreparedLayout layout) {
        this.columns = new ColumnCode(variables, parsed);
        this.layout = layout;
    }

    /**
     * The class for {@code stages}.
     *
     * @param layout what the columns of the last stage are
     * @throws UnsupportedDefinitionException if there is no code for something in it
     */
    static Source of(StructType parsed, List<Stage> stages, PreparedLayout layout) {
        var code = new RecordCode(parsed, layout);
        int last = stages.size() - 1;
        stages.subList(0, last).forEach(code.columns::add);
        var projected = stages.get(last).<Stage.Projected>match(it -> it, joined -> {
            throw new UnsupportedDefinitionException("The definition ends with a join");
        });
        return code.source(projected);
    }

    private Source source(Stage.Projected last) {
        var expressions = CollectionConverters.asJava(last.expressions());
        var binding = columns.binding(last.input());
        int view = layout.firstView();
        int field = layout.firstField();
        var others = new ArrayList<>(expressions.subList(0, view));
        others.addAll(expressions.subList(field, field + layout.fields()));
        columns.add(others, binding);
        var methods = new StringBuilder();
        methods.append(method("boolean identity(%s hash)".formatted(IdentityHash.class.getName()), identity()));
        methods.append(method("int views(%s)".formatted(OUT), views(expressions.subList(view, field), binding)));
        methods.append(method("void landKey(%s)".formatted(OUT), packed(layout.firstLandKey(), layout.landKey())));
        methods.append(method("void fields(%s)".formatted(OUT), packed(view, layout.fields())));
        methods.append(getter("int partition()", PreparedLayout.PARTITION));
        methods.append(getter("long position()", PreparedLayout.POSITION));
        methods.append(getter("long arrivedMicros()", PreparedLayout.ARRIVED));
        methods.append(getter("byte[] raw()", PreparedLayout.RAW));
        methods.append(getter("long event()", PreparedLayout.EVENT));
        methods.append(text("UTF8String reason()", PreparedLayout.REASON));
        methods.append(text("UTF8String detail()", PreparedLayout.DETAIL));
        methods.append(text("UTF8String exit()", PreparedLayout.EXIT));
        methods.append(text("UTF8String unmatched()", PreparedLayout.UNMATCHED));
        methods.append(method("void columns(InternalRow row)", columns.statements()));
        return compilable(methods.toString());
    }

    private String identity() {
        var code = new StringBuilder();
        for (int index = 0; index < layout.identity(); index++) {
            var column = columns.column(layout.firstIdentity() + index);
            var value = variables.code(column);
            if (layout.nulls() == Dedup.Nulls.DISTINCT) {
                code.append("if (%s) { return false; }%n".formatted(value.isNull()));
            }
            code.append(values.hashed(value, column.dataType()));
        }
        return code.append("return %s;%n".formatted(layout.identity() > 0)).toString();
    }

    private String views(List<Expression> expressions, Binding binding) {
        var code = new StringBuilder("rows = 0;\n");
        for (int view = 0; view < expressions.size(); view++) {
            int number = view;
            var expression = expressions.get(view) instanceof Alias alias ? alias.child() : expressions.get(view);
            var body = new ViewCode(variables, binding).rows(expression, fields -> row(number, fields));
            code.append("%s(out);%n".formatted(variables.method("view", OUT, body)));
        }
        return code.append("return rows;\n").toString();
    }

    /** A row of a view; its key and arguments are the last of {@code fields}. */
    private String row(int view, List<Expression> fields) {
        int keys = layout.viewKeys().get(view);
        int arguments = layout.viewArguments().get(view);
        int firstArgument = fields.size() - arguments;
        return "out.writeByte(%d);%n".formatted(view)
                + sized(fields.subList(firstArgument - keys, firstArgument))
                + sized(fields.subList(firstArgument, fields.size()))
                + "rows++;\n";
    }

    private String sized(List<Expression> fields) {
        var at = variables.context().freshName("at");
        return "int %1$s = out.reserve(4);%n%2$sendSized(%1$s, out);%n".formatted(at, packed(fields));
    }

    private String packed(int first, int count) {
        var fields = new ArrayList<Expression>();
        for (int index = 0; index < count; index++) {
            fields.add(columns.column(first + index));
        }
        return packed(fields);
    }

    private String packed(List<Expression> fields) {
        var code = new StringBuilder();
        for (int from = 0; from < fields.size(); from += VALUES_IN_A_METHOD) {
            var some = new StringBuilder();
            for (var field : fields.subList(from, Math.min(from + VALUES_IN_A_METHOD, fields.size()))) {
                some.append(values.packed(variables.code(field), field.dataType()));
            }
            code.append("%s(out);%n".formatted(variables.method("pack", OUT, some.toString())));
        }
        return code.toString();
    }

    private static String method(String signature, String body) {
        return "protected %s {%n%s}%n".formatted(signature, body);
    }

    private String getter(String signature, int column) {
        return method(
                signature,
                "return %s;%n".formatted(variables.code(columns.column(column)).value()));
    }

    private String text(String signature, int column) {
        var value = variables.code(columns.column(column));
        return method(signature, "return %s ? null : %s;%n".formatted(value.isNull(), value.value()));
    }

    private Source compilable(String methods) {
        var context = variables.context();
        var code = """
                public Object generate(Object[] references) {
                  return new Record(references);
                }

                final class Record extends %s {
                  private Object[] references;
                  %s

                  public Record(Object[] references) {
                    this.references = references;
                    %s
                  }

                  %s
                  %s
                }
                """.formatted(
                        GeneratedRecord.class.getName(),
                        context.declareMutableStates(),
                        context.initMutableStates(),
                        methods,
                        context.declareAddedFunctions());
        var commented = new CodeAndComment(code, context.getPlaceHolderToComments());
        var references = CollectionConverters.asJava(context.references()).toArray();
        return new Source(CodeFormatter.stripOverlappingComments(commented), references);
    }
}
