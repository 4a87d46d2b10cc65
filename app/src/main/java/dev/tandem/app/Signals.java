package dev.tandem.app;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ctrl-C and SIGTERM: the first interrupts the verb, which finishes its micro-batch, commits and stops its servers; the second
 * ends the process at once, which is safe too. A shutdown hook would not do: Spark's own runs at the same time and pulls the
 * engine away under a micro-batch.
 *
 * <p>The JDK's signal class is reached by reflection, because the compiler has no way to accept it without a warning.
 */
final class Signals {
    private Signals() {}

    static void interrupt(Thread verb) {
        var received = new AtomicInteger();
        InvocationHandler handler = (proxy, method, arguments) -> {
            if (!method.getName().equals("handle")) {
                return method.getName().equals("hashCode")
                        ? 0
                        : method.getName().equals("equals") && proxy == arguments[0];
            }
            if (received.incrementAndGet() > 1) {
                Runtime.getRuntime().halt(Exit.INTERRUPTED.code());
            }
            System.err.println("stopping; once more ends at once");
            verb.interrupt();
            return null;
        };
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handling = Class.forName("sun.misc.SignalHandler");
            var proxy = Proxy.newProxyInstance(Signals.class.getClassLoader(), new Class<?>[] {handling}, handler);
            for (var name : List.of("INT", "TERM")) {
                signal.getMethod("handle", signal, handling)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
            }
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            System.err.println("Ctrl-C will end at once, without finishing a micro-batch: " + e);
        }
    }
}
