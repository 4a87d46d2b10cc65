package dev.tandem.app.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Plans;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CronWordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "55 23 * * *|every day at 23:55, Asia/Kolkata",
                "5  * * * *|every hour at 05 minutes past, Asia/Kolkata",
                "*/10 * * * *|every 10 minutes",
                "0 9 * * 1-5|0 9 * * 1-5, Asia/Kolkata",
            })
    void itIsSaidAsAPersonWould(String line, String words) {
        assertThat(CronWords.of(new Plans.Schedule.Cron(line, ZoneId.of("Asia/Kolkata"))))
                .isEqualTo(words);
    }
}
