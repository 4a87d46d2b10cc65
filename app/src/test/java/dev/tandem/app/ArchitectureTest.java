package dev.tandem.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rooms keep their one direction (docs/architecture.md), and the house rules that a machine can see. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
    private final JavaClasses all = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.tandem");

    private static String[] rooms(String names) {
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
        "local, local",
        "drop, drop fold model",
        "sink, sink fold model",
        "segments, segments fold model",
        "engine, engine drop sink segments fold model",
        "proof, proof fold model",
        "page, page",
        "testkit, testkit",
    })
    void aRoomUsesOnlyThoseBelowIt(String room, String below) {
        classes()
                .that()
                .resideInAPackage("dev.tandem." + room + "..")
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage("dev.tandem..")).or(resideInAnyPackage(rooms(below))))
                .check(all);
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
    void onlyTheStoreTheDoctorAndTheOracleSpeakToDatabases() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.tandem.store..", "dev.tandem.app.doctor..", "dev.tandem.testkit.oracle..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "javax.sql..")
                .check(all);
    }

    @Test
    void theRoomsHaveNoCycles() {
        SlicesRuleDefinition.slices()
                .matching("dev.tandem.(*)..")
                .should()
                .beFreeOfCycles()
                .check(all);
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

    @Test
    void packagesAreNamedForWhatTheyDo() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..common..", "..impl..", "..helper..", "..manager..")
                .check(all);
    }
}
