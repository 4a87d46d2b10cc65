package dev.tandem.engine;

import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.SQLExecution;
import scala.Function0;

/**
 * Runs work on RDDs under the session's SQL settings. Some expressions read a setting only when they are evaluated, in the task;
 * a micro-batch gets the session's there, but an RDD job on its own would get Spark's defaults, and one definition would mean two
 * things.
 */
public final class Settings {
    private Settings() {}

    public static <T> T of(SparkSession session, Supplier<T> work) {
        Function0<T> function = work::get;
        return SQLExecution.withSQLConfPropagated((org.apache.spark.sql.classic.SparkSession) session, function);
    }
}
