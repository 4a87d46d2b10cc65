package dev.tandem.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LoginTest {
    @Test
    void takesNoNameThatAServerWouldHaveToQuote() {
        assertThatThrownBy(() -> new Login("ada; drop", "long enough", "notes"))
                .hasMessage(
                        "Cannot use 'ada; drop' as the name of a user: only a-z, 0-9 and _ are taken, a letter first, 48 at most; choose another");
    }

    @Test
    void refusesABadPasswordWithoutTellingIt() {
        assertThatThrownBy(() -> new Login("ada", "it's mine", "notes"))
                .hasMessageStartingWith("Cannot use the password of user 'ada': ")
                .hasMessageNotContaining("it's mine");
    }

    @Test
    void neverShowsItsPassword() {
        var login = Login.random();
        assertThat(login).hasToString("Login[user=tandem, database=tandem]");
        assertThat(login.password()).hasSize(24).isNotEqualTo(Login.random().password());
    }
}
