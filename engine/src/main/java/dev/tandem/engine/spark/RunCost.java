package dev.tandem.engine.spark;

/**
 * What a run used of the machine.
 *
 * @param cpuSeconds of its tasks and of the thread that drives it; not of the virtual machine's compiler and collector
 * @param records that it read
 * @param movedBytes written to shuffles and sent to the driver
 * @param peakHeapBytes the fullest heap that was seen at the end of a task or a commit; of the whole process
 * @param stateRows the most groups and keys held at once; 0 for a batch, which holds none from run to run
 * @param stateBytes their size on the heap, as Spark estimates it
 */
public record RunCost(
        double cpuSeconds,
        double wallSeconds,
        long records,
        long movedBytes,
        long peakHeapBytes,
        long stateRows,
        long stateBytes) {
    public static RunCost of(CostMeter.Used used, double wallSeconds, long records) {
        return new RunCost(used.cpuNanos() / 1e9, wallSeconds, records, used.movedBytes(), used.peakHeapBytes(), 0, 0);
    }

    public RunCost withState(long rows, long bytes) {
        return new RunCost(cpuSeconds, wallSeconds, records, movedBytes, peakHeapBytes, rows, bytes);
    }
}
