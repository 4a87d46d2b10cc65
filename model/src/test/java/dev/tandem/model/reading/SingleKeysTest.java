package dev.tandem.model.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.model.Dedup;
import dev.tandem.model.Expression;
import dev.tandem.model.Place;
import dev.tandem.model.Step;
import dev.tandem.model.View;
import dev.tandem.model.Window;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys of a definition one by one, in definitions that use all of them. */
class SingleKeysTest {
    @Nested
    class ANullInAKey {
        @ParameterizedTest
        @CsvSource({"'', DISTINCT", "'nulls: distinct,', DISTINCT", "'nulls: equal,', EQUAL"})
        void isADuplicateOnlyWhereThatIsSaid(String words, Dedup.Nulls nulls) {
            var text = Definitions.SOUND.replace("dedup: { by: [id],", "dedup: { by: [id], " + words);
            assertThat(DefinitionReader.parse(text, "sound.yaml").dedup()).get().returns(nulls, Dedup::nulls);
        }
    }

    @Nested
    class ACalendar {
        @ParameterizedTest
        @CsvSource({"hour, HOURS", "day, DAYS", "week, WEEKS", "month, MONTHS"})
        void isCutByItsUnit(String word, ChronoUnit unit) {
            var text = Definitions.SOUND.replace("calendar: day", "calendar: " + word);
            assertThat(DefinitionReader.parse(text, "sound.yaml").grouped())
                    .extracting(View.Grouped::window)
                    .contains(new Window.Calendar(unit, ZoneId.of("Europe/Berlin")));
        }
    }

    @Nested
    class ATextInAMap {
        @Test
        void isQuotedForSpark() {
            var set = (Step.Set) DefinitionReader.parse(Definitions.SOUND, "sound.yaml")
                    .steps()
                    .get(1);
            assertThat(set.assignments().get(0).expression().text())
                    .isEqualTo("CASE lower(trim(`id`)) WHEN 'done' THEN 'it\\'s' WHEN 'C:\\\\' THEN '\\u0024x'"
                            + " ELSE lower(trim(`id`)) END");
        }
    }

    @Nested
    class AConditionToDrop {
        @Test
        void mayEndInAComment() {
            var steps = DefinitionReader.parse(Definitions.SOUND, "sound.yaml").steps();
            assertThat(steps)
                    .contains(new Step.Keep(
                            new Expression("NOT coalesce((likes > 1000 -- a crowd\n), false)", Place.NOWHERE)));
        }
    }
}
