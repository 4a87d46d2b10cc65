package dev.tandem.app.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.store.DatabaseAddress;
import dev.tandem.store.DatabaseAddress.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GivenDatabaseTest {
    @ParameterizedTest
    @CsvSource({
        "mysql://me@db:3307/shop, mysql://me@db:3307/shop",
        "mariadb://me@db/shop, mysql://me@db:3306/shop",
        "postgres://me@db/shop, postgres://me@db:5432/shop",
        "postgresql://me:s3cret@db/shop, postgres://me@db:5432/shop",
    })
    void isToldWithoutItsPassword(String text, String told) {
        assertThat(GivenDatabase.read(text, "s3cret").told()).isEqualTo(told);
        assertThat(GivenDatabase.read(text, "s3cret").toString()).doesNotContain("s3cret");
    }

    @Test
    void takesThePasswordBehindTheUserFirst() {
        var address = (DatabaseAddress.Postgres) GivenDatabase.read("postgres://me:a%40b+c@db/shop", "other");
        assertThat(address.server().login().user()).isEqualTo("me");
        assertThat(address.server().login().password()).isEqualTo("a@b+c");
    }

    @Test
    void speaksPlainToAnotherMachineOnlyWhenTold() {
        var verified = (DatabaseAddress.Postgres) GivenDatabase.read("postgres://me@db/shop", "");
        var plain = (DatabaseAddress.Postgres) GivenDatabase.read("postgres://me@db/shop?tls=off", "");
        assertThat(verified.server().transport()).isEqualTo(Transport.VERIFIED);
        assertThat(plain.server().transport()).isEqualTo(Transport.PLAIN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "oracle://me:s3cret@db/shop",
                "postgres://me:s3cret@/shop",
                "postgres://me:s3cret@db",
                "postgres://me:s3 cret@db/shop",
                "postgres://me:s3@cret@db/shop",
                "postgres://me:s3cret@db/shop?sslmode=disable",
            })
    void refusesWithThePasswordMasked(String text) {
        assertThatThrownBy(() -> GivenDatabase.read(text, ""))
                .isInstanceOf(EnvironmentException.class)
                .hasMessageContaining("//me:***@")
                .hasMessageNotContaining("cret")
                .hasNoCause();
    }
}
