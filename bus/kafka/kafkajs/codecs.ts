import kafkajs from "kafkajs";
import { CODECS } from "../decode/codecs.ts";

/** What kafkajs asks of a codec. It packs by gzip alone, which it brings itself. */
interface Codec {
  compress(encoder: { readonly buffer: Buffer }): Promise<Buffer>;
  decompress(packed: Buffer): Promise<Buffer>;
}

/** Lets kafkajs, which brings gzip alone and without a limit, unpack whatever a producer may choose. */
export function installCodecs(): void {
  const { CompressionCodecs, CompressionTypes } = kafkajs;
  const gzip = (CompressionCodecs[CompressionTypes.GZIP] as () => Codec)();
  CompressionCodecs[CompressionTypes.GZIP] = (): Codec => ({
    ...gzip,
    decompress: async (packed) => CODECS[CompressionTypes.GZIP].unpack(packed),
  });
  for (const type of [CompressionTypes.Snappy, CompressionTypes.LZ4, CompressionTypes.ZSTD] as const) {
    CompressionCodecs[type] = (): Codec => ({
      compress: () => Promise.reject(new Error(`nothing is packed as ${CODECS[type].name} here`)),
      decompress: async (packed) => CODECS[type].unpack(packed),
    });
  }
}
