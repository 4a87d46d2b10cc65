package dev.tandem.segments;

import dev.tandem.fold.NamedFile;
import dev.tandem.model.Reason;
import java.io.IOException;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Whether a file of the log is what the ledger says it is. */
final class FileCheck {
    private static final int BUFFER_BYTES = 1 << 16;

    private FileCheck() {}

    static Fault missing(OpenPlace place, NamedFile file) {
        return new Fault(file, "it is not in %s".formatted(place.base()));
    }

    /** Costs one look at the file's metadata. */
    static Optional<Fault> ofSize(OpenPlace place, NamedFile file) {
        try {
            var status = place.status(file.name());
            if (status.isEmpty()) {
                return Optional.of(missing(place, file));
            }
            long bytes = status.get().getLen();
            return bytes == file.bytes()
                    ? Optional.empty()
                    : Optional.of(new Fault(
                            file,
                            "it has %,d bytes in %s and the ledger says %,d"
                                    .formatted(bytes, place.base(), file.bytes())));
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    /** Reads the whole file. */
    static Optional<Fault> ofContent(OpenPlace place, NamedFile file) {
        var fault = ofSize(place, file);
        if (fault.isPresent()) {
            return fault;
        }
        var checksum = new CRC32C();
        var buffer = new byte[BUFFER_BYTES];
        try (var in = place.read(file.name())) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                checksum.update(buffer, 0, read);
            }
        } catch (IOException e) {
            throw failed(file, e);
        }
        return checksum.getValue() == file.checksum()
                ? Optional.empty()
                : Optional.of(new Fault(
                        file,
                        "its content in %s has another checksum (CRC-32C %08x) than the ledger says (%08x)"
                                .formatted(place.base(), checksum.getValue(), file.checksum())));
    }

    private static SegmentException failed(NamedFile file, IOException e) {
        return new SegmentException(
                "Cannot check %s: %s; check the folder that 'land' names".formatted(file.name(), Reason.of(e)), e);
    }
}
