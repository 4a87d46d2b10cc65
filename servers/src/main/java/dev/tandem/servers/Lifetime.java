package dev.tandem.servers;

/** How long a server lives. The choice is made at the start because the operating system has to be told then. */
public enum Lifetime {
    /** Until closed, and not longer than this JVM: even {@code kill -9} of the JVM ends it. */
    WITH_THIS_JVM,
    /** Until {@link LocalService#stop}, called from this JVM or from a later one that attached to it. */
    UNTIL_STOPPED
}
