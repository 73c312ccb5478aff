import "server-only";

import { constants, crc32, deflateRawSync } from "node:zlib";

/** The pieces of a text, and the same compressed: each for itself, so that anything may stand between two of them. */
export type PackedPieces = { plain: readonly Buffer[]; deflated: readonly Buffer[] };

/** RFC 1952 section 2.3: deflate, no name, no time, any system. */
const GZIP_HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
/** RFC 1951 section 3.2.4: a last block without anything in it. */
const LAST_BLOCK = Buffer.from([1, 0, 0, 0xff, 0xff]);

/** Compresses pieces once, for all texts that will be made of them. */
export function packPieces(plain: readonly Buffer[]): PackedPieces {
  const options = { level: constants.Z_BEST_COMPRESSION, finishFlush: constants.Z_FULL_FLUSH };
  return { plain, deflated: plain.map((piece) => deflateRawSync(piece, options)) };
}

/** The pieces with a text between each two. */
export function joinPlain({ plain }: PackedPieces, between: Buffer): Buffer {
  return Buffer.concat(withBetween(plain, between));
}

/** The same as a gzip file: what is between is stored as it is, and nothing is compressed for it. */
export function joinPacked(pieces: PackedPieces, between: Buffer): Buffer {
  const text = joinPlain(pieces, between);
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(text), 0);
  trailer.writeUInt32LE(text.length, 4);
  return Buffer.concat([GZIP_HEADER, ...withBetween(pieces.deflated, storedBlock(between)), LAST_BLOCK, trailer]);
}

/** RFC 1951 section 3.2.4. A flushed piece ends with a whole byte, where such a block begins. */
function storedBlock(text: Buffer): Buffer {
  const header = Buffer.alloc(5);
  header.writeUInt16LE(text.length, 1);
  header.writeUInt16LE(0xffff - text.length, 3);
  return Buffer.concat([header, text]);
}

function withBetween(pieces: readonly Buffer[], between: Buffer): Buffer[] {
  return pieces.flatMap((piece, index) => (index === 0 ? [piece] : [between, piece]));
}
