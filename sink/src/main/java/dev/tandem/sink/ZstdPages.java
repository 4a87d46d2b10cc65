package dev.tandem.sink;

import io.airlift.compress.zstd.ZstdCompressor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Zstandard in plain Java: no library of the operating system to unpack, which fails where temporary folders run no programs. */
final class ZstdPages implements BytesInputCompressor {
    private final ZstdCompressor zstd = new ZstdCompressor();

    @Override
    public BytesInput compress(BytesInput page) throws IOException {
        var uncompressed = new ByteArrayOutputStream(Math.toIntExact(page.size()));
        page.writeAllTo(uncompressed);
        var bytes = uncompressed.toByteArray();
        var compressed = new byte[zstd.maxCompressedLength(bytes.length)];
        int length = zstd.compress(bytes, 0, bytes.length, compressed, 0, compressed.length);
        return BytesInput.from(compressed, 0, length);
    }

    @Override
    public CompressionCodecName getCodecName() {
        return CompressionCodecName.ZSTD;
    }

    @Override
    public void release() {
        // It holds nothing but memory.
    }
}
