package dev.tandem.app.run;

import java.time.Clock;

/** What every running verb needs: where state lies, the servers, the clock, and somebody to tell. */
record Wiring(Workspace workspace, Services services, Clock clock, Narrator narrator) {}
