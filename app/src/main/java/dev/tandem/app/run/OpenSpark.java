package dev.tandem.app.run;

import dev.tandem.engine.spark.SparkRuntime;

/** Spark, and the folder of its temporary files, which goes with it. */
record OpenSpark(SparkRuntime runtime, Scratch scratch) implements AutoCloseable {
    @Override
    public void close() {
        try {
            runtime.close();
        } finally {
            scratch.close();
        }
    }
}
