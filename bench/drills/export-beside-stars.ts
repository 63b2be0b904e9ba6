import { TABLE_FORMAT_NAMES } from "../../src/formats/table-formats";
import { crowd } from "./crowd";
import { STAR, withFilledServer } from "./filled-server";

const STARS = 200_000;
const SECONDS = 20;
/** [ms] */
const LONGEST_MS = 200;

/** On the embedded engine, stars are answered within 200 ms (p99) while all 200,000 of them are exported. */
export function exportDrill(): Promise<string[]> {
  return withFilledServer(STARS, async (url) => {
    const bad: string[] = [];
    for (const format of TABLE_FORMAT_NAMES) {
      const download = `/export/stars?format=${format}`;
      const { p50, p99, answered, refused, greedyAnswered } = await crowd({
        url,
        greedy: 1,
        pages: 0,
        download,
        star: STAR,
        seconds: SECONDS,
      });
      const line = `${format}, ${greedyAnswered} exports: a star p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, ${answered} answered, ${refused} refused`;
      process.stdout.write(`${line}\n`);
      if (p99 > LONGEST_MS || refused > 0) bad.push(line);
    }
    return bad;
  });
}
