import { AppError } from "../../errors";

/** FITS files consist of blocks of this many bytes; headers of cards of 80 characters. */
export const BLOCK_BYTES = 2880;
const CARD_BYTES = 80;
const UNIT_BEGINS = /^(SIMPLE {2}|XTENSION)=/;

/** Header cards of one unit (HDU), by keyword. */
export type Cards = ReadonlyMap<string, string | number | bigint | boolean>;

/** The value of a card, without its comment: text in quotes, T or F, or a number. */
function cardValue(text: string): string | number | bigint | boolean {
  const quoted = /^\s*'((?:[^']|'')*)'/.exec(text);
  if (quoted) return quoted[1]!.replaceAll("''", "'").trimEnd();
  const plain = text.split("/")[0]!.trim();
  if (plain === "T" || plain === "F") return plain === "T";
  const number = Number(plain.replace("D", "E"));
  // A double would round the TNULL of a 64-bit column.
  if (/^[+-]?\d+$/.test(plain) && !Number.isSafeInteger(number)) return BigInt(plain.replace("+", ""));
  return plain === "" || Number.isNaN(number) ? plain : number;
}

/**
 * Reads header blocks.
 *
 * @param nextBlock returns the next 2880 bytes, null at the end of the file
 * @returns null if the file ends before a header begins
 */
export async function readCards(nextBlock: () => Promise<Buffer | null>, file: string): Promise<Cards | null> {
  const cards = new Map<string, string | number | bigint | boolean>();
  for (let blocks = 0; ; blocks++) {
    const block = await nextBlock();
    // Whatever follows the last unit, such as zeros of a tape's block, is to be ignored (FITS standard 4.0, section 3.5).
    if (block === null || (blocks === 0 && !UNIT_BEGINS.test(block.toString("latin1", 0, CARD_BYTES)))) {
      if (blocks === 0) return null;
      throw new AppError("BAD_INPUT", `${file}: a FITS header has no END. The file is truncated.`);
    }
    for (let at = 0; at < BLOCK_BYTES; at += CARD_BYTES) {
      const card = block.toString("latin1", at, at + CARD_BYTES);
      const keyword = card.slice(0, 8).trimEnd();
      if (keyword === "END") return cards;
      if (card.startsWith("= ", 8) && !cards.has(keyword)) cards.set(keyword, cardValue(card.slice(10)));
    }
    if (blocks > 1000) throw new AppError("BAD_INPUT", `${file}: a FITS header is longer than 1000 blocks.`);
  }
}

/** An integer of the header. @throws AppError BAD_INPUT if it is missing or not an integer */
export function integerCard(cards: Cards, keyword: string, file: string, fallback?: number): number {
  const value = cards.get(keyword) ?? fallback;
  if (typeof value === "number" && Number.isInteger(value) && value >= 0) return value;
  throw new AppError("BAD_INPUT", `${file}: the FITS header's ${keyword} must be a whole number, not '${value ?? "absent"}'.`);
}

/** Size [byte] of the data after a header. */
function contentBytes(cards: Cards, file: string): number {
  const axes = integerCard(cards, "NAXIS", file, 0);
  if (axes === 0) return 0;
  let elements = 1;
  for (let axis = 1; axis <= axes; axis++) elements *= integerCard(cards, `NAXIS${axis}`, file);
  const bits = Math.abs(Number(cards.get("BITPIX") ?? 8));
  return (bits / 8) * integerCard(cards, "GCOUNT", file, 1) * (integerCard(cards, "PCOUNT", file, 0) + elements);
}

/** Size [byte] of the data after a header, including padding. */
export const dataBytes = (cards: Cards, file: string): number => Math.ceil(contentBytes(cards, file) / BLOCK_BYTES) * BLOCK_BYTES;

/** Size [byte] of what fills up the last block of the data. */
export const paddingBytes = (cards: Cards, file: string): number => dataBytes(cards, file) - contentBytes(cards, file);
