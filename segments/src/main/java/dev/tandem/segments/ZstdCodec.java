package dev.tandem.segments;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Zstandard level 1 by its own library, which Spark needs as well, and not by the one in plain Java that sinks use: here
 * compression is most of the work.
 */
final class ZstdCodec implements CompressionCodecFactory {
    private static final int LEVEL = 1;

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        return new Compressor();
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        if (codec != CompressionCodecName.ZSTD) {
            throw new SegmentException(
                    "Cannot read pages compressed by %s: Tandem writes zstd; the file is not one of its own"
                            .formatted(codec));
        }
        return new Decompressor();
    }

    @Override
    public void release() {
        // Compressors and decompressors are released one by one by whoever asked for them.
    }

    /** Gives its buffers to the next page, so a page must be taken before the next one is compressed; the page store does. */
    static final class Compressor implements BytesInputCompressor {
        private final ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(LEVEL);
        private final Page page = new Page();
        private byte[] compressed = new byte[0];

        @Override
        public BytesInput compress(BytesInput bytes) throws IOException {
            page.reset();
            bytes.writeAllTo(page);
            int most = Math.toIntExact(Zstd.compressBound(page.size()));
            if (compressed.length < most) {
                compressed = new byte[most];
            }
            int length = zstd.compressByteArray(compressed, 0, compressed.length, page.bytes(), 0, page.size());
            return BytesInput.from(compressed, 0, length);
        }

        @Override
        public CompressionCodecName getCodecName() {
            return CompressionCodecName.ZSTD;
        }

        @Override
        public void release() {
            zstd.close();
        }
    }

    private static final class Decompressor implements BytesInputDecompressor {
        private final ZstdDecompressCtx zstd = new ZstdDecompressCtx();
        private final Page page = new Page();

        @Override
        public BytesInput decompress(BytesInput bytes, int size) throws IOException {
            return BytesInput.from(plain(bytes, size));
        }

        private byte[] plain(BytesInput bytes, int size) throws IOException {
            page.reset();
            bytes.writeAllTo(page);
            var plain = new byte[size];
            int length = zstd.decompressByteArray(plain, 0, size, page.bytes(), 0, page.size());
            if (length != size) {
                throw new IOException("a page has %d bytes and its header says %d".formatted(length, size));
            }
            return plain;
        }

        @Override
        public void decompress(ByteBuffer input, int compressedSize, ByteBuffer output, int size) throws IOException {
            var compressed = new byte[compressedSize];
            input.get(compressed);
            output.put(plain(BytesInput.from(compressed), size));
        }

        @Override
        public void release() {
            zstd.close();
        }
    }

    /** An output whose bytes can be used without a copy. */
    private static final class Page extends ByteArrayOutputStream {
        byte[] bytes() {
            return buf;
        }
    }
}
