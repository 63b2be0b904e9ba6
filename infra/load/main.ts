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
Profiles: smoke (seconds), ramp (to 64 clients, 90 s), soak (a steady rate, 30 min), spike (four times the
capacity, between two calm phases, 60 s).

Exits with 1 if a threshold is crossed. Only servers on this machine can be tested.`;

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
  .description("Puts load on a server with k6 and writes a report")
  .addArgument(new Argument("<script>", "kind of requests").choices(SCRIPTS))
  .addArgument(new Argument("[profile]", "course of the load").choices(PROFILES).default("smoke"))
  .option("--url <url>", "a running server on this machine; default: a new one with a synthetic sky")
  .option("--stars <number>", "stars of that sky", wholeNumber("--stars", 2000, 10_000_000), 20_000)
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
