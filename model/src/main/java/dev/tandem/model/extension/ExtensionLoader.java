package dev.tandem.model.extension;

import dev.tandem.model.Reason;
import dev.tandem.model.extension.Extensions.Found;
import dev.tandem.model.extension.Extensions.Refusal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/**
 * Loads the jars of extension folders, above the product's own classes. Providers are listed as {@link java.util.ServiceLoader}
 * wants them; they are looked up jar by jar, so that a broken one can be named and the others can still be used.
 */
public final class ExtensionLoader extends URLClassLoader {
    private static final List<Class<? extends Provider>> KINDS =
            List.of(SinkProvider.class, FormatProvider.class, GeneratorProvider.class, FunctionProvider.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");
    private static final String SERVICES = "META-INF/services/";

    private final List<Found<?>> found = new ArrayList<>();
    private final List<Refusal> refused = new ArrayList<>();

    private ExtensionLoader(List<Path> jars, ClassLoader parent) {
        super("extensions", jars.stream().map(ExtensionLoader::url).toArray(URL[]::new), parent);
    }

    /**
     * The loader of the jars in {@code folders}; empty if none of them has a provider, as drivers of databases have none. A folder
     * need not be there.
     *
     * @param taken the names that are built in
     */
    public static Optional<ExtensionLoader> of(List<Path> folders, Taken taken) {
        var jars = folders.stream().flatMap(folder -> jars(folder).stream()).toList();
        var extending = jars.stream().filter(ExtensionLoader::extendsUs).toList();
        if (extending.isEmpty()) {
            return Optional.empty();
        }
        var loader = new ExtensionLoader(jars, ExtensionLoader.class.getClassLoader());
        extending.forEach(jar -> loader.load(jar, taken));
        return Optional.of(loader);
    }

    /** Which names no provider of a kind can have, because something that is built in has them. */
    public interface Taken {
        boolean has(Class<? extends Provider> kind, String name);
    }

    public Extensions extensions() {
        return new Extensions(found, refused);
    }

    /** The jars, for executors in other processes. */
    public List<URL> jars() {
        return List.of(getURLs());
    }

    private static List<Path> jars(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot list the extensions in %s: %s; check its permissions".formatted(folder, Reason.of(e)), e);
        }
    }

    /** A jar that cannot be read is taken for an extension, so that it is reported. */
    private static boolean extendsUs(Path jar) {
        try (var file = new JarFile(jar.toFile())) {
            return KINDS.stream().anyMatch(kind -> file.getEntry(SERVICES + kind.getName()) != null);
        } catch (IOException unreadable) {
            return true;
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("Every file has a URL, but not " + jar, e);
        }
    }

    private void load(Path jar, Taken taken) {
        try (var file = new JarFile(jar.toFile())) {
            for (var kind : KINDS) {
                for (var name : providers(file, kind)) {
                    provider(jar, kind, name).ifPresent(it -> take(jar, kind, it, taken));
                }
            }
        } catch (IOException e) {
            refuse(jar, "it is no jar that can be read: " + Reason.of(e), "build it again, or remove it");
        }
    }

    private static List<String> providers(JarFile jar, Class<? extends Provider> kind) throws IOException {
        var entry = jar.getEntry(SERVICES + kind.getName());
        if (entry == null) {
            return List.of();
        }
        try (var lines = new BufferedReader(new InputStreamReader(jar.getInputStream(entry), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(line -> line.replaceFirst("#.*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .toList();
        }
    }

    private <T extends Provider> Optional<T> provider(Path jar, Class<T> kind, String name) {
        var listed = SERVICES + kind.getName();
        try {
            var made = Class.forName(name, true, this).getConstructor().newInstance();
            if (kind.isInstance(made)) {
                return Optional.of(kind.cast(made));
            }
            refuse(
                    jar,
                    "%s is no %s".formatted(name, kind.getSimpleName()),
                    "let it implement %s, or take it out of %s".formatted(kind.getName(), listed));
        } catch (ClassNotFoundException e) {
            refuse(
                    jar,
                    "%s names %s, which is not in it".formatted(listed, name),
                    "add the class, or correct the name");
        } catch (NoSuchMethodException e) {
            refuse(
                    jar,
                    "%s has no public constructor without parameters".formatted(name),
                    "make the class and such a constructor public");
        } catch (ReflectiveOperationException | LinkageError e) {
            refuse(
                    jar,
                    "%s cannot be loaded: %s".formatted(name, Reason.of(e)),
                    "build it against tandem-model of this version, and put the jars that it needs beside it");
        }
        return Optional.empty();
    }

    private void take(Path jar, Class<? extends Provider> kind, Provider provider, Taken taken) {
        var name = provider.name();
        var other = found.stream()
                .filter(it -> it.kind() == kind && it.provider().name().equalsIgnoreCase(name))
                .findFirst();
        if (!NAME.matcher(name).matches()) {
            refuse(jar, "'%s' cannot be a name".formatted(name), "use letters, digits and underscores, at most 63");
        } else if (taken.has(kind, name)) {
            refuse(jar, "'%s' is built in".formatted(name), "give the %s another name".formatted(word(kind)));
        } else if (other.isPresent()) {
            refuse(
                    jar,
                    "%s brings a %s '%s' too".formatted(other.get().jar(), word(kind), name),
                    "remove one of the jars, or rename one of them");
        } else {
            found.add(found(kind, provider, jar));
        }
    }

    private static <T extends Provider> Found<T> found(Class<T> kind, Provider provider, Path jar) {
        return new Found<>(kind, kind.cast(provider), name(jar));
    }

    private void refuse(Path jar, String what, String hint) {
        refused.add(new Refusal(name(jar), what, hint));
    }

    private static String name(Path jar) {
        return jar.getFileName().toString();
    }

    /** What people call a kind of provider. */
    public static String word(Class<? extends Provider> kind) {
        return kind.getSimpleName().replace("Provider", "").toLowerCase(Locale.ROOT);
    }
}
