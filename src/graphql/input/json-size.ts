import { JSON_LIMITS as LIMITS } from "../limits";
import { tooLarge } from "./too-large";

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Hashes are counted instead of names: of a few hundred names hardly two share one. */
const HASHES = 2 ** 16;

/** What has been seen of a text of JSON, which need not be valid. */
class Scan {
  private at = 0;
  private depth = 0;
  private values = 0;
  private objects = 0;
  private names = 0;
  private readonly hashes = new Uint8Array(HASHES);
  /** commas so far in each list or object that is open */
  private readonly commas = new Uint32Array(LIMITS.depth + 1);
  private nameFrom = 0;
  private nameTo = 0;

  constructor(
    private readonly text: string,
    private readonly mostObjects: number,
  ) {}

  run(): void {
    for (; this.at < this.text.length; this.at++) this.step(this.text.charCodeAt(this.at));
  }

  private step(code: number): void {
    if (code === QUOTE) this.skipText();
    else if (code === COMMA) this.countEntry();
    else if (code === COLON) this.countName();
    else if (code === OPEN_LIST || code === OPEN_OBJECT) this.open(code);
    else if (code === CLOSE_LIST || code === CLOSE_OBJECT) this.depth = Math.max(0, this.depth - 1);
  }

  /** Leaves `at` on the closing quote. */
  private skipText(): void {
    this.nameFrom = this.at + 1;
    for (this.at++; this.at < this.text.length; this.at++) {
      const code = this.text.charCodeAt(this.at);
      if (code === BACKSLASH) this.at++;
      else if (code === QUOTE) break;
    }
    this.nameTo = this.at;
  }

  private open(code: number): void {
    if (++this.depth > LIMITS.depth) tooLarge("The request's JSON", `${LIMITS.depth} lists and objects within each other`, "more");
    this.commas[this.depth] = 0;
    if (code === OPEN_OBJECT && ++this.objects > this.mostObjects) tooLarge("The request's JSON", `${this.mostObjects} objects`, "more");
    this.countValue();
  }

  private countEntry(): void {
    this.countValue();
    if (++this.commas[this.depth]! >= LIMITS.entries) tooLarge("A list in the request", `${LIMITS.entries} entries`, "more");
  }

  private countValue(): void {
    if (++this.values > LIMITS.values) tooLarge("The request's JSON", `${LIMITS.values} values in all`, "more");
  }

  private countName(): void {
    let hash = 0;
    for (let at = this.nameFrom; at < this.nameTo; at++) hash = (Math.imul(hash, 31) + this.text.charCodeAt(at)) | 0;
    const place = (hash ^ (hash >>> 16)) & (HASHES - 1);
    if (this.hashes[place] === 1) return;
    this.hashes[place] = 1;
    if (++this.names > LIMITS.names) tooLarge("The request's JSON", `${LIMITS.names} different names`, "more");
  }
}

/**
 * Bounds a text of JSON before it is parsed and before anything looks at its values: a parser takes 0.3 s for a megabyte of
 * brackets or of different names, and checking the types of variables makes an error for every wrong value.
 *
 * @param page [stars] the longest that may be asked for
 * @throws GraphQLError REQUEST_TOO_LARGE, status 400
 */
export const checkJsonSize = (text: string, page: number): void => new Scan(text, page + LIMITS.objectsBesidePage).run();
