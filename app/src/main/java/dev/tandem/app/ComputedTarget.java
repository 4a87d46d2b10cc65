package dev.tandem.app;

import dev.tandem.app.run.Hosting;
import dev.tandem.engine.spark.SparkMaster;
import picocli.CommandLine.Mixin;

/** Which pipeline, for a verb that computes: also where. */
final class ComputedTarget extends Target {
    @Mixin
    private MasterOption master = new MasterOption();

    SparkMaster master() {
        return master.chosen();
    }

    @Override
    Hosting hosting(Shell shell) {
        return super.hosting(shell).on(master());
    }
}
