package dev.tandem.app.environment;

import dev.tandem.app.lineage.Endpoint;
import dev.tandem.engine.source.SchemaRegistry;
import dev.tandem.model.KafkaAddress;
import dev.tandem.model.Reason;
import dev.tandem.store.DatabaseAddress;
import dev.tandem.store.DatabaseAddress.Transport;
import dev.tandem.store.DatabaseKind;
import dev.tandem.store.StoreException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The addresses of servers that Tandem does not run, from the environment of the process first, then from {@code .env} files.
 * Secrets are given this way and never in a definition, which is shared. Everything is read and checked at once, so that a wrong
 * port is reported before anything starts; its text form never has a password.
 */
public final class Environment {
    /** Nothing is given. */
    public static final Environment NONE = new Environment(Map.of());

    private static final String FILE = ".env";
    private static final String PROCESS = "the environment";

    private record Value(String text, String from) {
        /** Without the text, which may be a password. */
        @Override
        public String toString() {
            return from;
        }
    }

    private final Map<String, Value> values;
    private final Map<String, String> kafkaSecurity;
    private final Optional<GivenAddress<KafkaAddress>> kafka;
    private final Optional<GivenAddress<SchemaRegistry.Address>> schemaRegistry;
    private final Optional<GivenAddress<Endpoint>> lineage;
    private final Map<DatabaseKind, GivenAddress<DatabaseAddress>> databases = new EnumMap<>(DatabaseKind.class);

    private Environment(Map<String, Value> values) {
        this.values = values;
        this.kafkaSecurity =
                KafkaSecurity.read(securityNames(), name -> value(name).map(Value::text));
        this.kafka = value("KAFKA_BOOTSTRAP_SERVERS").map(it -> new GivenAddress<>(kafkaAt(it.text()), it.from()));
        this.schemaRegistry = value("SCHEMA_REGISTRY_URL").map(this::registry);
        this.lineage = value("OPENLINEAGE_URL").map(this::lineage);
        for (var names : ServerNames.ALL) {
            database(names).ifPresent(given -> databases.put(names.kind(), given));
        }
    }

    /**
     * Reads {@code process} and the {@code .env} of each folder that has one. The process wins, then the folders in their order.
     *
     * @throws EnvironmentException if a file cannot be read or a server cannot be found in what is said of it
     */
    public static Environment read(Map<String, String> process, Path current, Optional<Path> definition) {
        var values = new LinkedHashMap<String, Value>();
        definition
                .filter(folder -> !folder.toAbsolutePath().normalize().equals(current))
                .ifPresent(folder -> file(folder.resolve(FILE), shown(folder, current), values));
        file(current.resolve(FILE), FILE, values);
        process.forEach((key, text) -> values.put(key, new Value(text, "%s in %s".formatted(key, PROCESS))));
        return new Environment(values);
    }

    private static String shown(Path folder, Path current) {
        var file = folder.resolve(FILE);
        return file.startsWith(current) ? current.relativize(file).toString() : file.toString();
    }

    private static void file(Path file, String shown, Map<String, Value> into) {
        if (Files.exists(file)) {
            DotEnv.read(file, shown)
                    .forEach((key, text) -> into.put(key, new Value(text, "%s in %s".formatted(key, shown))));
        }
    }

    /** A variable that is set and not empty: templates leave out a value by leaving it empty. */
    private Optional<Value> value(String key) {
        return Optional.ofNullable(values.get(key)).filter(it -> !it.text().isBlank());
    }

    private Optional<Value> first(List<String> keys) {
        return keys.stream().map(this::value).flatMap(Optional::stream).findFirst();
    }

    private Optional<GivenAddress<DatabaseAddress>> database(ServerNames names) {
        var whole = value(names.url());
        if (whole.isPresent()) {
            var password = value("TANDEM_PASSWORD").map(Value::text).orElse("");
            var read = GivenDatabase.read(whole.get().text(), password);
            if (read.kind() != names.kind()) {
                throw new EnvironmentException("Cannot use %s: it is an address of %s; give one of %s"
                        .formatted(
                                whole.get().from(),
                                read.kind().word(),
                                names.kind().word()));
            }
            return Optional.of(new GivenAddress<>(read, whole.get().from()));
        }
        return value(names.host()).map(host -> new GivenAddress<>(address(names, host), host.from()));
    }

    private DatabaseAddress address(ServerNames names, Value host) {
        var user = first(names.user()).map(Value::text).orElse(names.standardUser());
        var login = new DatabaseAddress.Login(
                user, value(names.password()).map(Value::text).orElse(""));
        var database = first(names.database()).map(Value::text).orElse(user);
        try {
            var server = transport(names)
                    .map(it -> new DatabaseAddress.Server(host.text(), port(names), database, login, it))
                    .orElseGet(() -> new DatabaseAddress.Server(host.text(), port(names), database, login));
            return names.kind() == DatabaseKind.MYSQL
                    ? new DatabaseAddress.MySql(server)
                    : new DatabaseAddress.Postgres(server);
        } catch (StoreException e) {
            throw new EnvironmentException("%s (from %s)".formatted(Reason.of(e), host.from()), e);
        }
    }

    private int port(ServerNames names) {
        var port = value(names.port());
        try {
            return port.map(it -> Integer.parseInt(it.text().strip())).orElse(names.standardPort());
        } catch (NumberFormatException e) {
            throw new EnvironmentException(
                    "Cannot use %s: it is not a number; give the server's port, as in %d"
                            .formatted(port.orElseThrow().from(), names.standardPort()),
                    e);
        }
    }

    private Optional<Transport> transport(ServerNames names) {
        return value(names.tls()).map(it -> switch (it.text()) {
            case "off" -> Transport.PLAIN;
            case "on" -> Transport.VERIFIED;
            default ->
                throw new EnvironmentException(
                        "Cannot use %s: it is neither on nor off; write off where no TLS is spoken"
                                .formatted(it.from()));
        });
    }

    /** The variables about the connection to Kafka that are set. */
    private Set<String> securityNames() {
        return values.keySet().stream()
                .filter(KafkaSecurity::concerns)
                .filter(name -> value(name).isPresent())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The Kafka cluster that is given. */
    public Optional<GivenAddress<KafkaAddress>> kafka() {
        return kafka;
    }

    /** Another cluster, with the login that is given for Kafka. */
    public KafkaAddress kafkaAt(String bootstrap) {
        return new KafkaAddress(bootstrap, kafkaSecurity);
    }

    public Optional<GivenAddress<DatabaseAddress>> database(DatabaseKind kind) {
        return Optional.ofNullable(databases.get(kind));
    }

    /** The registry that has the schemas of Avro records. */
    public Optional<GivenAddress<SchemaRegistry.Address>> schemaRegistry() {
        return schemaRegistry;
    }

    private GivenAddress<SchemaRegistry.Address> registry(Value url) {
        var login = value("SCHEMA_REGISTRY_USERNAME")
                .map(user -> user.text() + ":"
                        + value("SCHEMA_REGISTRY_PASSWORD").map(Value::text).orElse(""))
                .orElse("");
        var address = web(url, "a schema registry", "http://registry:8081");
        return new GivenAddress<>(new SchemaRegistry.Address(address, login), url.from());
    }

    /** The OpenLineage server that receives events about runs. */
    public Optional<GivenAddress<Endpoint>> lineage() {
        return lineage;
    }

    private GivenAddress<Endpoint> lineage(Value url) {
        var path = value("OPENLINEAGE_ENDPOINT").map(Value::text).orElse("api/v1/lineage");
        var key = value("OPENLINEAGE_API_KEY").map(Value::text).orElse("");
        var namespace = value("OPENLINEAGE_NAMESPACE").map(Value::text).orElse("tandem");
        var whole =
                web(url, "an OpenLineage server", "http://marquez:5000").resolve("/" + path.replaceFirst("^/+", ""));
        return new GivenAddress<>(new Endpoint(whole, key, namespace), url.from());
    }

    private static URI web(Value value, String what, String example) {
        try {
            var address = new URI(value.text().strip().replaceFirst("/+$", ""));
            if (address.getHost() != null && List.of("http", "https").contains(address.getScheme())) {
                return address;
            }
        } catch (URISyntaxException noAddress) {
            // Told below, as any other text that is no address.
        }
        throw new EnvironmentException(
                "Cannot use %s: it is not the address of %s; write e.g. %s".formatted(value.from(), what, example));
    }

    /** Every database that is given. */
    public Map<DatabaseKind, GivenAddress<DatabaseAddress>> databases() {
        return Map.copyOf(databases);
    }

    /** The profile that a verb takes where {@code --profile} is not given. */
    public Optional<String> profile() {
        return value("TANDEM_PROFILE").map(Value::text);
    }

    /** With what alerts are signed. */
    public Optional<String> alertSecret() {
        return value("TANDEM_ALERT_SECRET").map(Value::text);
    }

    /** What is said of a server but changes nothing, since its host is not: the servers of this machine have logins of their own. */
    public List<String> unused() {
        var all = new ArrayList<String>();
        if (kafkaSecurity.isEmpty()) {
            securityNames().forEach(it -> all.add("%s has no effect without %s".formatted(it, KafkaSecurity.PROTOCOL)));
        }
        for (var names : ServerNames.ALL) {
            if (!databases.containsKey(names.kind())) {
                names.details().stream()
                        .map(this::value)
                        .flatMap(Optional::stream)
                        .map(it -> "%s has no effect without %s".formatted(it.from(), names.host()))
                        .forEach(all::add);
            }
        }
        return all;
    }

    /** The addresses, without passwords. */
    @Override
    public String toString() {
        var told = new ArrayList<String>();
        kafka.ifPresent(it -> told.add(it.address().toString()));
        schemaRegistry.ifPresent(it -> told.add(it.address().toString()));
        databases.values().forEach(it -> told.add(it.address().told()));
        return "Environment" + told;
    }
}
