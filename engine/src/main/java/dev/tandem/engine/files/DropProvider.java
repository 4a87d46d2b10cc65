package dev.tandem.engine.files;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** Spark's way in: made by Spark from the class's name. */
public final class DropProvider implements TableProvider {
    /** As Kafka's source has them. */
    static final StructType COLUMNS = new StructType()
            .add("partition", DataTypes.IntegerType)
            .add("offset", DataTypes.LongType)
            .add("timestamp", DataTypes.TimestampType)
            .add("value", DataTypes.BinaryType);

    @Override
    public StructType inferSchema(CaseInsensitiveStringMap options) {
        return COLUMNS;
    }

    @Override
    public Table getTable(StructType schema, Transform[] partitioning, Map<String, String> properties) {
        return new DropTable();
    }

    private static final class DropTable implements Table, SupportsRead {
        @Override
        public String name() {
            return "file drop";
        }

        @Override
        @SuppressWarnings("deprecation") // Spark still asks for it
        public StructType schema() {
            return COLUMNS;
        }

        @Override
        public Set<TableCapability> capabilities() {
            return Set.of(TableCapability.MICRO_BATCH_READ);
        }

        @Override
        public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
            return () -> new DropScan(Objects.requireNonNull(options.get(DropSource.ID)));
        }
    }

    private record DropScan(String id) implements Scan {
        @Override
        public StructType readSchema() {
            return COLUMNS;
        }

        @Override
        public MicroBatchStream toMicroBatchStream(String checkpoint) {
            return new DropStream(id);
        }
    }
}
