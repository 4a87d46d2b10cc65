package dev.tandem.app;

import dev.tandem.model.Reason;
import dev.tandem.page.AccessToken;
import dev.tandem.page.Exposure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options that make the page reachable from other machines. By default only this machine can reach it; other access needs a
 * token, and TLS or an option that names the risk.
 */
final class ExposureOptions {
    private static final String TOKEN_FILE = "page-token";
    private static final String PASSWORD = "TANDEM_TLS_PASSWORD";
    private static final String LOOPBACK = "127.0.0.1";

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = LOOPBACK,
            description = "the address to listen on (default: ${DEFAULT-VALUE}, this machine alone)")
    private String host = LOOPBACK;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "a further name by which browsers ask for the page; may be given again")
    private List<String> names = List.of();

    @Option(
            names = "--token",
            paramLabel = "FILE",
            description = "ask readers for the token in this file (beyond this machine: default one is made)")
    private @Nullable Path token;

    @Option(
            names = "--tls",
            paramLabel = "FILE",
            description = "serve over TLS with the key in this PKCS#12 file; its password stands in " + PASSWORD)
    private @Nullable Path tls;

    @Option(
            names = "--insecure-expose",
            description = "serve a network without TLS, as behind a proxy that does it: who listens reads the token")
    private boolean insecure;

    /** The exposure that is asked for, and where readers find the token if there is one. */
    record Chosen(Exposure exposure, Optional<Path> token) {}

    Chosen chosen(Shell shell, int port) {
        var file = tokenFile(shell);
        if (tls != null) {
            var encryption =
                    new Exposure.Encryption(shell.surroundings().directory().resolve(tls), password(shell));
            return new Chosen(
                    new Exposure.Encrypted(host, port, allNames(), token(file.orElseThrow()), encryption), file);
        }
        if (isLoopback()) {
            return new Chosen(new Exposure.Loopback(port, file.map(ExposureOptions::token)), file);
        }
        if (!insecure) {
            throw new CommandException(
                    Exit.USAGE,
                    "Cannot serve the page on %s: others than this machine could read it on the way; give --tls FILE, or --insecure-expose behind a proxy that does TLS"
                            .formatted(host));
        }
        return new Chosen(new Exposure.Unencrypted(host, port, allNames(), token(file.orElseThrow())), file);
    }

    private boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress()
                    && InetAddress.getByName(host).getHostAddress().equals(LOOPBACK);
        } catch (UnknownHostException e) {
            throw new CommandException(
                    Exit.USAGE,
                    "Cannot serve the page on '%s': there is no such address; give one of this machine's"
                            .formatted(host),
                    e);
        }
    }

    private Set<String> allNames() {
        var all = new HashSet<>(names);
        all.add(host);
        return all;
    }

    /** Where the token is; empty where none is asked for. */
    private Optional<Path> tokenFile(Shell shell) {
        if (token != null) {
            return Optional.of(shell.surroundings().directory().resolve(token));
        }
        return tls != null || !isLoopback() ? Optional.of(made(shell.home().resolve(TOKEN_FILE))) : Optional.empty();
    }

    /** Kept, so that readers need not be told another one after each start. */
    private static Path made(Path file) {
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(file.toAbsolutePath().getParent());
                var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
                Files.createFile(file, owner);
                Files.writeString(file, AccessToken.random(new SecureRandom()).reveal() + "\n");
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot write a token into %s: %s; give --token FILE".formatted(file, Reason.of(e)), e);
        }
    }

    private static AccessToken token(Path file) {
        try {
            return AccessToken.of(Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot read the token in %s: %s; make one with 'openssl rand -hex 32'"
                            .formatted(file, Reason.of(e)),
                    e);
        } catch (IllegalArgumentException e) {
            throw new CommandException(Exit.INVALID, "%s (%s)".formatted(Reason.of(e), file), e);
        }
    }

    private static String password(Shell shell) {
        return Optional.ofNullable(shell.surroundings().environment().get(PASSWORD))
                .orElseThrow(() -> new CommandException(
                        Exit.INVALID,
                        "Cannot open the key of the page: %s is not set; put the password of the PKCS#12 file there"
                                .formatted(PASSWORD)));
    }
}
