import { eventLoopDrill } from "./event-loop";
import { exportDrill } from "./export-beside-stars";
import { greedyClientDrill } from "./greedy-client";

/** What is tried, and by its name what did not go as it should: an empty list if all did. */
const DRILLS: Readonly<Record<string, () => Promise<string[]>>> = {
  "event-loop": eventLoopDrill,
  "export-beside-stars": exportDrill,
  "greedy-client": greedyClientDrill,
};

async function main([name = ""]: string[]): Promise<void> {
  const drill = Object.hasOwn(DRILLS, name) ? DRILLS[name] : undefined;
  if (!drill) {
    process.stderr.write(`A drill's name is wanted, one of: ${Object.keys(DRILLS).join(", ")}.\n`);
    process.exitCode = 2;
    return;
  }
  const bad = await drill();
  process.stdout.write(bad.length === 0 ? `${name}: all as it should be\n` : `${name}: ${bad.length} WRONG\n${bad.join("\n")}\n`);
  if (bad.length > 0) process.exitCode = 1;
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${(error as Error).stack}\n`);
  process.exitCode = 1;
});
