package dev.tandem.diff.side;

import dev.tandem.diff.duck.DiffException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A database that is a file, as an address names it: {@code sqlite:shop.db?table=orders}.
 *
 * @param query what is read of it
 */
record DatabaseFile(Path path, String query) {
    private static final String TABLE = "?table=";

    /** Empty where the address does not begin with {@code scheme}; throws if there is no such file. */
    static Optional<DatabaseFile> of(TableReference given, String scheme) {
        if (!given.address().startsWith(scheme)) {
            return Optional.empty();
        }
        var rest = given.address().substring(scheme.length());
        int mark = rest.indexOf(TABLE);
        var path = given.path(mark < 0 ? rest : rest.substring(0, mark));
        var query = DatabaseSide.query(given, mark < 0 ? "" : rest.substring(mark + TABLE.length()), "\"");
        if (!Files.isRegularFile(path)) {
            throw DiffException.surroundings("Cannot read %s: there is no such file; check the path".formatted(path));
        }
        return Optional.of(new DatabaseFile(path, query));
    }
}
