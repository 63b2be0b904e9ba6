import { writeFileSync } from "node:fs";
import { Argument, Command } from "commander";
import { asAppError } from "../../src/cli/failure";
import { wholeNumber } from "../../src/cli/whole-number";
import { EXIT_STATUS } from "../../src/errors";
import { describe } from "./describe";
import { PROFILES, type ProfileName, SCRIPTS, type ScriptName } from "./k6";
import { type LoadReport, loadTest } from "./load-test";
import { renderReport } from "./report";
import { runningServer, startServer } from "./server";

interface Options {
  readonly url?: string;
  readonly stars: number;
  readonly seconds?: number;
  readonly rate?: number;
  readonly report: string;
  readonly json?: boolean;
}

const HELP = `
Scripts: point (a star with labels and cross-matches), list (a hundred stars), cone (searches), bulk-labels (a survey's
table), predict (on demand), survey-day (all of these, mixed).
Profiles: smoke (seconds), ramp (to 64 clients, 90 s), soak (a steady rate, 30 min), spike (four times what the server
can do, between two calm phases, 60 s).

Ends with status 1 where a threshold is crossed. Load goes to this machine alone.`;

async function run(
  script: ScriptName,
  profile: ProfileName,
  { url, stars, report: file, json = false, ...options }: Options,
): Promise<void> {
  const server = url === undefined ? await startServer(stars) : await runningServer(url);
  let report: LoadReport;
  try {
    report = await loadTest({ script, profile, quiet: json, ...options }, server);
  } finally {
    await server.stop();
  }
  writeFileSync(file, renderReport(report));
  const { snapshots: _, ...figures } = report;
  process.stdout.write(json ? `${JSON.stringify({ ...figures, report: file }, null, 2)}\n` : `${describe(report)}\n\nReport: ${file}\n`);
  if (report.verdicts.some(({ ok }) => !ok)) process.exitCode = 1;
}

new Command("npm run load --")
  .description("Drives the server with k6 and writes a report to look at")
  .addArgument(new Argument("<script>", "what is asked").choices(SCRIPTS))
  .addArgument(new Argument("[profile]", "how it is asked").choices(PROFILES).default("smoke"))
  .option("--url <url>", "a server that runs on this machine; left out: one of its own, with a synthetic sky")
  .option("--stars <number>", "of that sky", wholeNumber("--stars", 2000, 10_000_000), 20_000)
  .option("--seconds <number>", "how long ramp, soak and spike take", wholeNumber("--seconds", 3, 86_400))
  .option("--rate <number>", "requests a second of a soak", wholeNumber("--rate", 1, 10_000))
  .option("--report <file>", "where the HTML report goes", "load-report.html")
  .option("--json", "print the figures as JSON")
  .addHelpText("after", HELP)
  .action(run)
  .parseAsync()
  .catch((error: unknown) => {
    const known = asAppError(error);
    process.stderr.write(known ? `load: ${known.message}\n` : `load: unexpected: ${(error as Error).stack}\n`);
    process.exitCode = known ? EXIT_STATUS[known.code] : 1;
  });
