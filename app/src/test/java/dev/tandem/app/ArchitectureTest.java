package dev.tandem.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.tandem.model.FieldType;
import dev.tandem.model.Output;
import dev.tandem.model.Source;
import dev.tandem.model.Step;
import dev.tandem.model.View;
import dev.tandem.model.Window;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dependencies between modules and packages have one direction (docs/architecture.md), and the rules of style that a machine can check. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
    private final JavaClasses all = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.tandem");

    private static String[] modules(String names) {
        return Arrays.stream(names.split(" "))
                .map(name -> "dev.tandem." + name + "..")
                .toArray(String[]::new);
    }

    @ParameterizedTest
    @CsvSource({
        "model, model",
        "fold, fold model",
        "feed, feed model",
        "store, store fold model",
        "servers, servers",
        "files, files fold model",
        "sink, sink fold model",
        "segments, segments fold model",
        "engine, engine files sink segments fold model",
        "parity, parity fold model",
        "diff, diff parity store fold model",
        "page, page",
        "testkit, testkit",
    })
    void aModuleUsesOnlyThoseBelowIt(String module, String below) {
        classes()
                .that()
                .resideInAPackage("dev.tandem." + module + "..")
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage("dev.tandem..")).or(resideInAnyPackage(modules(below))))
                .check(all);
    }

    /** Who asks with {@code instanceof} says nothing about a kind that is added later; {@code fold}, {@code accept} and {@code kind} do. */
    @ParameterizedTest
    @ValueSource(
            classes = {
                FieldType.class,
                Output.class,
                Output.What.class,
                Source.class,
                Step.class,
                View.class,
                Window.class
            })
    void aSealedTypeOfTheDefinitionIsDecidedByItsOwnMethods(Class<?> sealed) {
        var permitted = Arrays.stream(sealed.getPermittedSubclasses())
                .map(Class::getName)
                .collect(Collectors.toSet());
        var asking = all.stream()
                .filter(it -> !it.getName().startsWith(sealed.getNestHost().getName()))
                .filter(it -> it.getInstanceofChecks().stream()
                        .anyMatch(check -> permitted.contains(check.getRawType().getName())))
                .map(JavaClass::getName)
                .toList();
        assertThat(permitted).isNotEmpty();
        assertThat(asking).isEmpty();
    }

    @Test
    void onlyTheEngineKnowsSpark() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.tandem.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.spark..", "scala..")
                .check(all);
    }

    @Test
    void onlyTheEngineAndTheSegmentsKnowHadoop() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.tandem.engine..", "dev.tandem.segments..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.hadoop..")
                .check(all);
    }

    @Test
    void theOracleHasNothingToAgreeWithByMistake() {
        classes()
                .that()
                .resideInAPackage("dev.tandem.testkit.oracle..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.tandem.testkit.oracle..", "java..", "org.duckdb..", "org.jspecify..")
                .check(all);
    }

    @Test
    void onlyTheStoreTheDiffTheDoctorAndTheOracleSpeakToDatabases() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "dev.tandem.store..",
                        "dev.tandem.diff..",
                        "dev.tandem.app.doctor..",
                        "dev.tandem.testkit.oracle..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..")
                .check(all);
    }

    @Test
    void theModulesHaveNoCycles() {
        SlicesRuleDefinition.slices()
                .matching("dev.tandem.(*)..")
                .should()
                .beFreeOfCycles()
                .check(all);
    }

    @Test
    void thePackagesHaveNoCycles() {
        SlicesRuleDefinition.slices()
                .assignedFrom(new Packages())
                .should()
                .beFreeOfCycles()
                .check(all);
    }

    /** Each package is a slice of its own, without those below it. */
    private static final class Packages implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return type.getPackageName().startsWith("dev.tandem")
                    ? SliceIdentifier.of(type.getPackageName())
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    }

    @Test
    void nothingKeepsStaticState() {
        fields().that()
                .areStatic()
                .and(not(nameMatching(".*\\$.*")))
                .should()
                .beFinal()
                .check(all);
    }

    /**
     * Each of these follows the machine's language, country, zone or charset. {@code String.formatted} does too, but only in
     * its digits, and {@code JvmDefaults} sees to those.
     */
    @ParameterizedTest
    @CsvSource({
        "java.lang.String, toLowerCase, ''",
        "java.lang.String, toUpperCase, ''",
        "java.lang.String, getBytes, ''",
        "java.lang.String, <init>, byte[]",
        "java.lang.String, <init>, byte[] int int",
        "java.lang.String, format, java.lang.String java.lang.Object[]",
        "java.io.PrintStream, printf, java.lang.String java.lang.Object[]",
        "java.io.PrintStream, format, java.lang.String java.lang.Object[]",
        "java.io.PrintStream, <init>, java.io.OutputStream",
        "java.io.PrintStream, <init>, java.io.OutputStream boolean",
        "java.io.PrintWriter, <init>, java.io.OutputStream",
        "java.io.PrintWriter, <init>, java.io.OutputStream boolean",
        "java.io.InputStreamReader, <init>, java.io.InputStream",
        "java.io.OutputStreamWriter, <init>, java.io.OutputStream",
        "java.io.FileReader, <init>, java.io.File",
        "java.io.FileReader, <init>, java.lang.String",
        "java.io.FileWriter, <init>, java.io.File",
        "java.io.FileWriter, <init>, java.lang.String",
        "java.io.ByteArrayOutputStream, toString, ''",
        "java.util.Scanner, <init>, java.io.InputStream",
        "java.nio.charset.Charset, defaultCharset, ''",
        "java.util.Locale, getDefault, ''",
        "java.util.TimeZone, getDefault, ''",
        "java.util.Calendar, getInstance, ''",
        "java.text.NumberFormat, getInstance, ''",
        "java.text.DecimalFormat, <init>, java.lang.String",
        "java.text.SimpleDateFormat, <init>, java.lang.String",
        "java.text.Collator, getInstance, ''",
        "java.time.ZoneId, systemDefault, ''",
        "java.time.Clock, systemDefaultZone, ''",
        "java.time.LocalDate, now, ''",
        "java.time.LocalTime, now, ''",
        "java.time.LocalDateTime, now, ''",
        "java.time.ZonedDateTime, now, ''",
        "java.time.OffsetDateTime, now, ''",
        "java.time.format.DateTimeFormatter, ofPattern, java.lang.String",
        "java.time.format.DateTimeFormatterBuilder, toFormatter, ''",
    })
    void nothingAsksForTheMachinesSettings(String owner, String name, String parameters) {
        var types = parameters.isEmpty() ? new String[0] : parameters.split(" ", -1);
        noClasses()
                .should()
                .accessTargetWhere(
                        new DescribedPredicate<JavaAccess<?>>("%s.%s(%s)".formatted(owner, name, parameters)) {
                            @Override
                            public boolean test(JavaAccess<?> access) {
                                return access.getTarget() instanceof CodeUnitAccessTarget called
                                        && called.getOwner().getFullName().equals(owner)
                                        && called.getName().equals(name)
                                        && called.getRawParameterTypes().stream()
                                                .map(JavaClass::getName)
                                                .map(ArchitectureTest::readable)
                                                .toList()
                                                .equals(List.of(types));
                            }
                        })
                .check(all);
    }

    /** As source code writes it: the names of arrays are others in class files. */
    private static String readable(String type) {
        return switch (type) {
            case "[B" -> "byte[]";
            case "[Ljava.lang.Object;" -> "java.lang.Object[]";
            default -> type;
        };
    }

    @Test
    void packagesAreNamedForWhatTheyDo() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..common..", "..impl..", "..helper..", "..manager..")
                .check(all);
    }
}
