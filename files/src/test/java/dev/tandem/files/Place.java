package dev.tandem.files;

import dev.tandem.model.Format;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** A drop folder with its archive and its inventory, and somebody who brings files as the contract says. */
record Place(Path root, RecordForm form, Inventory inventory) {
    static final Clock NOON = Clock.fixed(Instant.parse("2016-11-21T12:00:00Z"), ZoneOffset.UTC);
    static final RecordForm CSV = new RecordForm(Format.CSV, List.of("id", "qty", "price"));
    static final RecordForm JSON = new RecordForm(Format.JSON, List.of("id"));

    static Place of(Path root, RecordForm form) {
        return of(root, form, new MemoryInventory());
    }

    static Place of(Path root, RecordForm form, Inventory inventory) {
        try {
            Files.createDirectories(root.resolve("input"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Place(root, form, inventory);
    }

    Path folder() {
        return root.resolve("input");
    }

    Path archiveFolder() {
        return root.resolve("archive");
    }

    FolderLog drop() {
        return drop(Intake.of(form));
    }

    FolderLog drop(Intake intake) {
        return new FolderLog(new Folders(folder(), Optional.of(archiveFolder())), intake, inventory, NOON);
    }

    Archive archive() {
        return new Archive(folder(), archiveFolder());
    }

    Path bring(String name, String text) {
        return bring(name, text.getBytes(StandardCharsets.UTF_8));
    }

    Path bring(String name, byte[] bytes) {
        try {
            var unfinished = Files.write(folder().resolve("." + name + ".tmp"), bytes);
            return Files.move(unfinished, folder().resolve(name), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] gzip(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Takes in all that is there and reads the whole log. */
    List<String> records() {
        var drop = drop();
        drop.takeIn(Integer.MAX_VALUE);
        return records(drop, 0, drop.end());
    }

    static List<String> records(FolderLog drop, long from, long until) {
        var texts = new ArrayList<String>();
        try (var records = drop.read(from, until)) {
            records.forEachRemaining(it -> texts.add(new String(it.raw().bytes(), StandardCharsets.UTF_8)));
        }
        return texts;
    }
}
