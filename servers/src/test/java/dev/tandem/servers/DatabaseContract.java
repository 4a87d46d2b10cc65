package dev.tandem.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every local database promises beside. */
abstract class DatabaseContract extends LocalServiceContract {
    DatabaseContract(Kind kind) {
        super(kind);
    }

    /** A statement that answers with one text. */
    static String ask(Connection connection, String question) throws SQLException {
        try (var statement = connection.createStatement();
                var answer = statement.executeQuery(question)) {
            answer.next();
            return answer.getString(1);
        }
    }

    static Connection connect(LocalService service) throws SQLException {
        var database = (Database) service;
        return connect(database, database.login().user(), database.login().password());
    }

    static Connection connect(Database database, String user, String password) throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl(), user, password);
    }

    abstract String superuser();

    @Override
    void put(LocalService service, String value) throws SQLException {
        try (var connection = connect(service);
                var statement = connection.createStatement()) {
            statement.execute("create table if not exists said (word varchar(40) primary key)");
            statement.execute("insert into said values ('" + value + "')");
        }
    }

    @Override
    List<String> values(LocalService service) throws SQLException {
        try (var connection = connect(service);
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select word from said order by word")) {
            var values = new ArrayList<String>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    @Test
    void letsNobodyInWithoutTheRightPassword() {
        var service = (Database) standing();
        var user = service.login().user();
        assertThatThrownBy(() -> connect(service, user, "")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> connect(service, user, "wrong password")).isInstanceOf(SQLException.class);
        assertThatThrownBy(() -> connect(service, superuser(), "")).isInstanceOf(SQLException.class);
    }

    @Test
    void refusesAnotherLoginThanItsDataWasMadeFor() {
        var login = new Login("ada", "a very good one", "notes");
        try (var service = start(login)) {
            assertThat(service.login()).isEqualTo(login);
        }
        assertThatThrownBy(() -> start(Login.random()))
                .hasMessageContaining("was made for user 'ada' of database 'notes', or with another password");
        try (var service = (Database) start(Lifetime.WITH_THIS_JVM)) {
            assertThat(service.login()).isEqualTo(login);
        }
    }

    abstract Database start(Login login);
}
