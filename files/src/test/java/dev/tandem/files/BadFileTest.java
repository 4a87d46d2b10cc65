package dev.tandem.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.files.FolderContents.LeftOut;
import dev.tandem.files.Inventory.Entry;
import dev.tandem.model.Source.OnBadFile;
import dev.tandem.model.Source.Order;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One file that cannot be read among files that can. */
class BadFileTest {
    private static final String HEADER = "id,qty,price\n";

    @TempDir
    private Path root;

    private Place place;

    private static final Intake QUARANTINE = new Intake(Place.CSV, Order.NAME, OnBadFile.QUARANTINE);

    @BeforeEach
    void bringThree() {
        place = Place.of(root, Place.CSV);
        place.bring("01-monday.csv", HEADER + "o1,1,1\n");
        place.bring("02-old-till.csv", "id,qty\no2,1\n");
        place.bring("03-tuesday.csv", "price,id,qty,note\n1,o3,1,x\n");
    }

    @Test
    void endsTheRunAndSaysHowToGoOn() {
        assertThatThrownBy(() -> place.drop().takeIn(3))
                .isInstanceOf(FilesException.class)
                .hasMessage("Cannot read %s: its header has no column 'price', it has id, qty; write the column, or"
                                .formatted(place.folder().resolve("02-old-till.csv"))
                        + " take the field out of the schema; to go on without this file, move it out of the folder"
                        + " or write 'on_bad_file: quarantine' in the source");
        assertThat(place.inventory().entries()).isEmpty();
    }

    @Test
    void costsOneFileWhereItIsQuarantined() {
        var drop = place.drop(QUARANTINE);

        assertThat(drop.endOfAllPresent()).isEqualTo(2);
        assertThat(drop.takeIn(1)).extracting(Entry::name).containsExactly("01-monday.csv");
        assertThat(drop.takeIn(1)).extracting(Entry::name).containsExactly("03-tuesday.csv");
        assertThat(drop.takeIn(1)).isEmpty();
        assertThat(Place.records(drop, 0, 2)).containsExactly("o1,1,1", "o3,1,1");
    }

    @Test
    void isNamedWithItsFault() {
        var drop = place.drop(QUARANTINE);
        drop.takeIn(3);

        assertThat(drop.look().waiting()).isEmpty();
        assertThat(drop.look().leftOut())
                .singleElement()
                .satisfies(it -> assertThat(it.told())
                        .startsWith("02-old-till.csv: Cannot read ")
                        .contains("its header has no column 'price'")
                        .endsWith("; it is read when it has been repaired"));
    }

    @Test
    void isReadWhenItHasBeenMended() {
        var drop = place.drop(QUARANTINE);
        drop.takeIn(3);

        place.bring("02-old-till.csv", HEADER + "o2,1,1\n");

        assertThat(drop.takeIn(3)).extracting(Entry::name).containsExactly("02-old-till.csv");
        assertThat(Place.records(drop, 0, 3)).containsExactly("o1,1,1", "o3,1,1", "o2,1,1");
        assertThat(drop.look().leftOut()).isEmpty();
    }

    @Test
    void isTheOneWhoseBeginningCannotBeRead() {
        assertThat(place.drop().unreadable()).extracting(LeftOut::name).containsExactly("02-old-till.csv");
    }

    @Test
    void isLeftOutOfAnArchiveThatBreaksOffToo() {
        var packed = Place.gzip(HEADER + "o4,1,1\n");
        place.bring("04-half.csv.gz", Arrays.copyOf(packed, packed.length - 9));
        var drop = place.drop(QUARANTINE);

        assertThat(drop.takeIn(4)).extracting(Entry::records).containsExactly(1L, 1L);
        assertThat(drop.look().leftOut())
                .extracting(LeftOut::name)
                .containsExactly("02-old-till.csv", "04-half.csv.gz");
    }
}
