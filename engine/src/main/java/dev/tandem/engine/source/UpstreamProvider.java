package dev.tandem.engine.source;

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

/** Spark's way to an {@link Upstream}: Spark makes an object of this class from its name. */
public final class UpstreamProvider implements TableProvider {
    private static final StructType COLUMNS = new StructType().add("partition", DataTypes.IntegerType);

    @Override
    public StructType inferSchema(CaseInsensitiveStringMap options) {
        return COLUMNS;
    }

    @Override
    public Table getTable(StructType schema, Transform[] partitioning, Map<String, String> properties) {
        return new UpstreamTable();
    }

    private static final class UpstreamTable implements Table, SupportsRead {
        @Override
        public String name() {
            return "log";
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
            return () -> new UpstreamScan(Objects.requireNonNull(options.get(Upstream.ID)));
        }
    }

    private record UpstreamScan(String id) implements Scan {
        @Override
        public StructType readSchema() {
            return COLUMNS;
        }

        @Override
        public MicroBatchStream toMicroBatchStream(String checkpoint) {
            return new UpstreamStream(Upstream.open(id));
        }
    }
}
