package dev.tandem.servers;

/** Every kind of server there is, with what differs in watching and ending it. To add one: write its class, then its lines here. */
enum Kind {
    KAFKA("kafka", "Kafka Server started", Signal.TERM) {
        @Override
        LocalService attached(ServerProcess process) {
            return new KafkaBroker(process);
        }
    },
    MARIADB("mariadb", "ready for connections", Signal.TERM) {
        @Override
        LocalService attached(ServerProcess process) {
            return new MariaDb(process);
        }
    },
    /** Told by {@code TERM}, PostgreSQL would wait until the last client has gone by itself. */
    POSTGRESQL("postgresql", "database system is ready to accept connections", Signal.INT) {
        @Override
        LocalService attached(ServerProcess process) {
            return new PostgreSql(process);
        }
    };

    private final String word;
    private final String readyLine;
    private final Signal stopSignal;

    Kind(String word, String readyLine, Signal stopSignal) {
        this.word = word;
        this.readyLine = readyLine;
        this.stopSignal = stopSignal;
    }

    /** The handle for a process of this kind. */
    abstract LocalService attached(ServerProcess process);

    String word() {
        return word;
    }

    /** The server's own word in its log that it takes connections; a port that answers says so too early for MariaDB. */
    String readyLine() {
        return readyLine;
    }

    /** Asks for an orderly end that does not wait for clients. */
    Signal stopSignal() {
        return stopSignal;
    }

    enum Signal {
        TERM,
        INT
    }
}
