import type { PartialFile } from "./partial-file";
import type { Piece } from "./pieces";

/**
 * Writes a table's pieces to the file under construction; what it was resumed with has its head already.
 *
 * @param onPiece told after each chunk how much was written [byte]
 * @returns [byte] written now
 */
export async function writePieces(pieces: AsyncIterable<Piece>, partial: PartialFile, onPiece: (bytes: number) => void): Promise<number> {
  let bytes = 0;
  let isHead = true;
  for await (const piece of pieces) {
    if (!(isHead && partial.hasHead)) {
      await partial.append(piece.bytes, piece.last);
      bytes += piece.bytes.length;
    }
    if (!isHead) onPiece(bytes);
    isHead = false;
  }
  return bytes;
}
