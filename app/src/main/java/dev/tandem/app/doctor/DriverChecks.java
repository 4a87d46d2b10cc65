package dev.tandem.app.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Checks that the drivers of the databases are on the class path: jars may have been removed from {@code lib}. */
public final class DriverChecks {
    /** MariaDB's driver speaks to MySQL too, so that MySQL's own, which has another licence, is not needed. */
    private static final Map<String, String> DRIVERS = new TreeMap<>(Map.of(
            "org.mariadb.jdbc.Driver", "mariadb-java-client",
            "org.postgresql.Driver", "postgresql",
            "org.sqlite.JDBC", "sqlite-jdbc",
            "org.duckdb.DuckDBDriver", "duckdb_jdbc"));

    private DriverChecks() {}

    /** One finding for all that are there, and one for each that is not. */
    public static List<Finding> of(ClassLoader classes) {
        var there = new ArrayList<String>();
        var findings = new ArrayList<Finding>();
        DRIVERS.forEach((driver, jar) -> {
            if (classes.getResource(driver.replace('.', '/') + ".class") == null) {
                findings.add(Finding.fail(
                        "jdbc driver",
                        "%s is missing".formatted(jar),
                        "put %s-*.jar into lib again, or build again (mvn package)".formatted(jar)));
            } else {
                there.add(jar);
            }
        });
        if (!there.isEmpty()) {
            findings.add(0, Finding.pass("jdbc drivers", String.join(", ", there)));
        }
        return findings;
    }
}
