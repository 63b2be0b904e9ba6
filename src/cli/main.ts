#!/usr/bin/env node
import { Command, type CommanderError } from "commander";
import { VERSION } from "../config";
import { AppError, EXIT_STATUS } from "../errors";
import { defineBackfill } from "./backfill";
import { defineConfig } from "./config";
import { defineEvaluate } from "./evaluate";
import { defineExport } from "./export";
import { asAppError } from "./failure";
import { defineIngest } from "./ingest";
import { defineLookup } from "./lookup";
import { defineMigrate } from "./migrate";
import { defineModels } from "./models";
import { definePlot } from "./plot";
import { definePredict } from "./predict";
import { defineRrlCatalogue } from "./rrl-catalogue";
import { defineSchema } from "./schema";
import { defineSelectFeatures } from "./select-features";
import { defineServe } from "./serve";
import { defineStatus } from "./status";
import { defineSynthesize } from "./synthesize";
import { defineTrain } from "./train";
import { defineVariability } from "./variability";

/** Arguments that are not understood are bad input like any other: the same exit status, and JSON where it is asked for. */
function refuse({ code, exitCode, message }: CommanderError): never {
  if (exitCode === 0) process.exit();
  const fault = code === "commander.help" ? "a command is wanted, one of the above" : message.replace(/^error: /, "").replace(/\.$/, "");
  throw new AppError("BAD_INPUT", `${fault}. Add --help for what the command takes.`);
}

const program = new Command("asterism")
  .description("A GraphQL data-and-model serving platform for stars")
  .version(VERSION)
  .configureOutput({ outputError: () => undefined })
  .exitOverride(refuse)
  .addHelpText(
    "after",
    `\nExit status: 0 done, 1 a defect, ${Object.entries(EXIT_STATUS)
      .map(([code, status]) => `${status} ${code}`)
      .join(", ")}.`,
  );

for (const define of [
  defineBackfill,
  defineConfig,
  defineEvaluate,
  defineExport,
  defineIngest,
  defineLookup,
  defineMigrate,
  defineModels,
  definePlot,
  definePredict,
  defineRrlCatalogue,
  defineSchema,
  defineSelectFeatures,
  defineServe,
  defineStatus,
  defineSynthesize,
  defineTrain,
  defineVariability,
])
  define(program);

program.parseAsync().catch((error: unknown) => {
  const known = asAppError(error);
  if (process.argv.includes("--json")) {
    const { code, message } = known ?? { code: "INTERNAL", message: (error as Error).message };
    process.stdout.write(`${JSON.stringify({ error: { code, message } }, null, 2)}\n`);
  }
  process.stderr.write(known ? `asterism: ${known.message}\n` : `asterism: unexpected: ${(error as Error).stack ?? error}\n`);
  process.exitCode = known ? EXIT_STATUS[known.code] : 1;
});
