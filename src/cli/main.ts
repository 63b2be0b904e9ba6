#!/usr/bin/env node
import { Command } from "commander";
import { AppError, EXIT_STATUS } from "../errors";
import { defineBackfill } from "./backfill";
import { defineConfig } from "./config";
import { defineEvaluate } from "./evaluate";
import { defineIngest } from "./ingest";
import { defineMigrate } from "./migrate";
import { defineModels } from "./models";
import { definePredict } from "./predict";
import { defineSchema } from "./schema";
import { defineServe } from "./serve";
import { defineStatus } from "./status";
import { defineSynthesize } from "./synthesize";
import { defineTrain } from "./train";

const program = new Command("asterism")
  .description("A GraphQL data-and-model serving platform for stars")
  .showHelpAfterError("(add --help for what the command takes)")
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
  defineIngest,
  defineMigrate,
  defineModels,
  definePredict,
  defineSchema,
  defineServe,
  defineStatus,
  defineSynthesize,
  defineTrain,
])
  define(program);

program.parseAsync().catch((error: unknown) => {
  const known = error instanceof AppError;
  if (process.argv.includes("--json")) {
    const code = known ? error.code : "INTERNAL";
    process.stdout.write(`${JSON.stringify({ error: { code, message: (error as Error).message } }, null, 2)}\n`);
  }
  process.stderr.write(known ? `asterism: ${error.message}\n` : `asterism: unexpected: ${(error as Error).stack ?? error}\n`);
  process.exitCode = known ? EXIT_STATUS[error.code] : 1;
});
