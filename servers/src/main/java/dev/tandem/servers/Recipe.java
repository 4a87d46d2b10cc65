package dev.tandem.servers;

import java.io.IOException;
import java.util.List;

/** What differs from server to server at its start; {@link Launch} does the rest alike for all. */
interface Recipe {
    Kind kind();

    /** Makes binaries and data ready where they are not yet. Called with the directory locked and no server in it. */
    Prepared prepare(ServiceDirectory directory) throws IOException;

    /**
     * All that is needed to start the server.
     *
     * @param command asked again when a port was taken by somebody else
     */
    record Prepared(Account account, Command command) {}

    /** How to call the server; the directory must stand in it, by which its process is known later. */
    interface Command {
        List<String> on(int port) throws IOException;
    }
}
