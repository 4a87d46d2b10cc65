package dev.tandem.app.environment;

/**
 * A server that somebody else runs.
 *
 * @param address where it is; tells itself without a password
 * @param from where that was read, as in {@code POSTGRES_HOST in .env}
 */
public record GivenAddress<T>(T address, String from) {}
