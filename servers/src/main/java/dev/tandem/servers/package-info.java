/** Servers without Docker: Kafka, MariaDB and PostgreSQL as child processes that never outlive what they were started for. */
@NullMarked
package dev.tandem.servers;

import org.jspecify.annotations.NullMarked;
