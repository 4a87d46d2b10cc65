package dev.tandem.app.init;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What a person has decided already, and will not be asked.
 *
 * @param key the fields of the dedup key; an empty list for no dedup
 * @param database where results and the ledger go
 */
public record InitOptions(
        Optional<String> name,
        Optional<String> eventTime,
        Optional<ZoneId> zone,
        Optional<Duration> delay,
        Optional<List<String>> key,
        Optional<Duration> within,
        String database) {}
