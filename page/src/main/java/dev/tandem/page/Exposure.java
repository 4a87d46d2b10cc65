package dev.tandem.page;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Who can reach the page. Sealed, so that the network is not reached without a token, nor in the clear without saying so. */
public sealed interface Exposure {
    /** 0 for any free one. */
    int port();

    /** What to bind. */
    String host();

    Optional<AccessToken> token();

    /** Names besides this machine's own by which a browser may ask for the page. */
    Set<String> names();

    default Optional<Encryption> encryption() {
        return Optional.empty();
    }

    /** The key and certificate of the server, as a PKCS#12 file. */
    record Encryption(Path keyStore, String password) {
        @Override
        public String toString() {
            return "Encryption[%s]".formatted(keyStore);
        }
    }

    /** This machine alone; the default. */
    record Loopback(int port, Optional<AccessToken> token) implements Exposure {
        /** Without a token: every user of this machine can read the page. */
        public Loopback(int port) {
            this(port, Optional.empty());
        }

        @Override
        public String host() {
            return "127.0.0.1";
        }

        @Override
        public Set<String> names() {
            return Set.of();
        }
    }

    /** A network, over TLS. */
    record Encrypted(String host, int port, Set<String> names, AccessToken required, Encryption with)
            implements Exposure {
        @Override
        public Optional<AccessToken> token() {
            return Optional.of(required);
        }

        @Override
        public Optional<Encryption> encryption() {
            return Optional.of(with);
        }
    }

    /** Plain HTTP: anyone who listens on the network can read the token. For use behind a proxy with TLS. */
    record Unencrypted(String host, int port, Set<String> names, AccessToken required) implements Exposure {
        @Override
        public Optional<AccessToken> token() {
            return Optional.of(required);
        }
    }
}
