package dev.tandem.testkit.contract;

import dev.tandem.testkit.contract.InventoryContract.File;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * An inventory for the contract, whose files are records of the implementation: a record type with the components of {@link File}.
 *
 * @param type the implementation's record
 * @param files all files of the inventory
 * @param next adds the next file
 */
public record RecordInventory<E extends Record>(Class<E> type, Supplier<List<E>> files, Consumer<E> next)
        implements InventoryContract.Opened {
    @Override
    public List<File> entries() {
        return files.get().stream().map(it -> copy(it, File.class)).toList();
    }

    @Override
    public void add(File file) {
        next.accept(copy(file, type));
    }

    private static <R extends Record> R copy(Record from, Class<R> type) {
        var components = type.getRecordComponents();
        var values = new Object[components.length];
        try {
            for (int index = 0; index < values.length; index++) {
                values[index] =
                        from.getClass().getMethod(components[index].getName()).invoke(from);
            }
            var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return type.getConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot make a %s of %s".formatted(type.getName(), from), e);
        }
    }
}
