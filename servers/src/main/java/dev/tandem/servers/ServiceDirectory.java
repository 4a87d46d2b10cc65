package dev.tandem.servers;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Optional;
import java.util.Properties;

/**
 * The one directory of one server. Data is made beside its place and moved there when complete, so a start that was cut
 * short leaves nothing that the next one could mistake for a database; {@code data} itself is never deleted from here.
 */
record ServiceDirectory(Path path, Kind kind) {
    static ServiceDirectory under(Path home, Kind kind) {
        return new ServiceDirectory(home.toAbsolutePath().normalize().resolve(kind.word()), kind);
    }

    Path data() {
        return path.resolve("data");
    }

    Path unfinishedData() {
        return path.resolve("data.unfinished");
    }

    Path log() {
        return path.resolve("server.log");
    }

    Path setupLog() {
        return path.resolve("setup.log");
    }

    boolean hasData() {
        return Files.isDirectory(data());
    }

    void create() throws IOException {
        if (!Files.isDirectory(path)) {
            Files.createDirectories(path);
            mode(path, "rwx------");
        }
    }

    /** An empty place for data in the making, readable by its owner alone. */
    Path freshData() throws IOException {
        deleteTree(unfinishedData());
        Files.createDirectory(unfinishedData());
        mode(unfinishedData(), "rwx------");
        return unfinishedData();
    }

    void finishData() throws IOException {
        Files.move(unfinishedData(), data(), ATOMIC_MOVE);
    }

    /** Keeps the log of the run before under {@code server.log.1}. */
    Path freshLog() throws IOException {
        if (Files.exists(log())) {
            Files.move(log(), path.resolve("server.log.1"), REPLACE_EXISTING);
        }
        return privateFile(log(), "");
    }

    Path privateFile(Path file, String content) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file);
        mode(file, "rw-------");
        return Files.writeString(file, content);
    }

    /** Held while a server is started, and as long as it lives if it lives with this JVM; the system frees it when the JVM dies. */
    FileChannel lock() throws IOException {
        var channel = FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException heldByThisJvm) {
            // told below, as for another JVM
        }
        channel.close();
        throw new LocalServiceException(
                "Cannot start %s: it is already running in %s, started by a Tandem that is still there; wait for that one to end, or choose another home"
                        .formatted(kind.word(), path));
    }

    Optional<ProcessRecord> record() {
        return read(recordFile()).flatMap(ProcessRecord::from);
    }

    void write(ProcessRecord record) throws IOException {
        write(recordFile(), record.toProperties());
    }

    void deleteRecord() {
        try {
            Files.deleteIfExists(recordFile());
        } catch (IOException e) {
            throw new LocalServiceException(
                    "Cannot remove %s: %s; delete it by hand".formatted(recordFile(), e.getMessage()), e);
        }
    }

    /** The record of a server that was left running on purpose; that of one that is gone is removed on the way. */
    Optional<ProcessRecord> detached() {
        var known = record();
        if (known.isPresent() && !ServerProcess.isOurs(this, known.get())) {
            deleteRecord();
            return Optional.empty();
        }
        return known.filter(record -> record.lifetime() == Lifetime.UNTIL_STOPPED);
    }

    /** The record of a server that is running, whoever it lives with; nothing is removed, since it may be about to start. */
    Optional<ProcessRecord> running() {
        return record().filter(known -> ServerProcess.isOurs(this, known));
    }

    /** The login that the data was made with. */
    Optional<Login> login() {
        return read(path.resolve("login.properties"))
                .map(it -> new Login(
                        it.getProperty("user", ""), it.getProperty("password", ""), it.getProperty("database", "")));
    }

    /** The login of the data that is there, else the wanted one; a wanted one that differs is refused rather than ignored. */
    Login loginFor(Optional<Login> wanted) {
        if (!hasData()) {
            return wanted.orElseGet(Login::random);
        }
        var known = login().orElseThrow(() -> new LocalServiceException(
                "Cannot start %s: %s is missing, so the password of its data is unknown; put the file back, or move %s away to begin anew"
                        .formatted(kind.word(), path.resolve("login.properties"), data())));
        if (wanted.isPresent() && !wanted.get().equals(known)) {
            throw new LocalServiceException(
                    "Cannot start %s: the data in %s was made for user '%s' of database '%s', or with another password; use the login in %s, or move the data away to begin anew"
                            .formatted(
                                    kind.word(),
                                    data(),
                                    known.user(),
                                    known.database(),
                                    path.resolve("login.properties")));
        }
        return known;
    }

    void write(Login login) throws IOException {
        var properties = new Properties();
        properties.setProperty("user", login.user());
        properties.setProperty("password", login.password());
        properties.setProperty("database", login.database());
        write(path.resolve("login.properties"), properties);
    }

    static void mode(Path file, String permissions) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (var files = Files.walk(root)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private Path recordFile() {
        return path.resolve("service.properties");
    }

    private void write(Path file, Properties properties) throws IOException {
        var unfinished = privateFile(file.resolveSibling(file.getFileName() + ".unfinished"), "");
        try (Writer writer = Files.newBufferedWriter(unfinished)) {
            properties.store(writer, null);
        }
        Files.move(unfinished, file, ATOMIC_MOVE);
    }

    private Optional<Properties> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (var reader = Files.newBufferedReader(file)) {
            var properties = new Properties();
            properties.load(reader);
            return Optional.of(properties);
        } catch (IOException | IllegalArgumentException e) {
            throw new LocalServiceException("Cannot read %s: %s; check who owns it".formatted(file, e.getMessage()), e);
        }
    }
}
