/** Enough for the comments and the header of any table that people write. */
const MAX_SAMPLE_CHARS = 1 << 20;
/** Lines that are no comments: the header, units, dashes and a row. */
const WANTED_LINES = 4;

/** The beginning of a text, and the rest of it. */
export interface TextSample {
  readonly sample: string;
  readonly rest: AsyncGenerator<string>;
}

const isComment = (line: string): boolean => /^\s*#/.test(line);

/** Whether the text holds enough whole lines to tell how its table is laid out. */
function isEnough(text: string): boolean {
  let lines = 0;
  for (let at = 0; lines < WANTED_LINES; lines++) {
    const end = text.indexOf("\n", at);
    if (end === -1) return false;
    const line = text.slice(at, end);
    if (line.trim() === "" || isComment(line)) lines--;
    at = end + 1;
  }
  return true;
}

/** Old Macintosh programs, and some that export for them, end lines by a carriage return alone. */
async function* withLineFeeds(texts: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const text of texts) yield text.replaceAll("\r", "\n");
}

/** Reads the beginning of a text; lines end by a line feed in what it returns. */
export async function takeSample(texts: AsyncGenerator<string>): Promise<TextSample> {
  let sample = "";
  while (sample.length < MAX_SAMPLE_CHARS && !isEnough(sample)) {
    const next = await texts.next();
    if (next.done) break;
    sample += next.value;
  }
  const hasReturnsAlone = !sample.includes("\n") && sample.includes("\r");
  return hasReturnsAlone ? { sample: sample.replaceAll("\r", "\n"), rest: withLineFeeds(texts) } : { sample, rest: texts };
}
