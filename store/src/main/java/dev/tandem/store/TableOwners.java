package dev.tandem.store;

import dev.tandem.store.RowBatch.Collision;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;

/** Claims the tables of a pipeline, and refuses those that hold other rows. */
final class TableOwners {
    /**
     * What a table holds.
     *
     * @param table in lower case, because most databases make no difference
     * @param mode empty for the landing table, which both modes read
     * @param holds the name of a view or of records
     */
    record Owner(String table, String pipeline, String mode, String holds) {
        Owner {
            table = table.toLowerCase(Locale.ROOT);
        }

        private String told() {
            return "the %s of '%s'"
                    .formatted(mode.isEmpty() ? holds : "%s rows of '%s'".formatted(mode, holds), pipeline);
        }
    }

    private TableOwners() {}

    static void claim(Session session, DatabaseAddress address, Layout layout) throws SQLException {
        for (var owner : layout.owners()) {
            var holder = holder(session, owner.table());
            if (holder.isEmpty()) {
                holder = claimed(session, owner);
            }
            refuseOther(owner, holder.orElseThrow(), address);
        }
    }

    /** Another pipeline may claim it at the same time. */
    private static Optional<Owner> claimed(Session session, Owner owner) throws SQLException {
        try (var batch = new RowBatch(session, OwnTables.OWNER, Collision.REFUSE)) {
            batch.add(owner.table(), owner.pipeline(), owner.mode(), owner.holds());
            batch.flush();
            return Optional.of(owner);
        } catch (SQLException e) {
            var holder = holder(session, owner.table());
            if (holder.isEmpty()) {
                throw e;
            }
            return holder;
        }
    }

    private static Optional<Owner> holder(Session session, String table) throws SQLException {
        return session.first(
                "select * from tandem_owner where table_name = ?",
                cells -> new Owner(
                        cells.text("table_name"), cells.text("pipeline"), cells.text("mode"), cells.text("holds")),
                table);
    }

    private static void refuseOther(Owner wanted, Owner holder, DatabaseAddress address) {
        if (!wanted.equals(holder)) {
            throw new StoreException(
                    "Cannot use the table '%s' in %s for %s: it holds %s; give the output another table, or, if those rows are not needed any more, drop the table and delete its row of tandem_owner"
                            .formatted(wanted.table(), address.told(), wanted.told(), holder.told()));
        }
    }
}
