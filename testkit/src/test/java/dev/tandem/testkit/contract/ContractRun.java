package dev.tandem.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs a contract over an implementation that has a mistake. */
final class ContractRun {
    private ContractRun() {}

    /** Fails unless some test of {@code wrong} fails. */
    static void catches(Class<?> wrong) {
        var summary = new SummaryGeneratingListener();
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(wrong))
                .build();
        LauncherFactory.create().execute(request, summary);
        assertThat(summary.getSummary().getTestsFailedCount()).as("%s", wrong).isPositive();
    }
}
