#!/usr/bin/env node
import { Command, type CommanderError } from "commander";
import { VERSION } from "../config";
import { AppError, EXIT_STATUS } from "../errors";
import { defineCommands } from "./define-commands";
import { asAppError, exitStatusOf, thrownText } from "./failure";

/** Treats invalid arguments like any bad input: the same exit status, and JSON with `--json`. */
function refuse({ code, exitCode, message }: CommanderError): never {
  if (exitCode === 0) process.exit();
  const fault = code === "commander.help" ? "name one of the commands above" : message.replace(/^error: /, "").replace(/\.$/, "");
  throw new AppError("BAD_INPUT", `${fault}. Add --help for what the command takes.`);
}

const program = new Command("asterism")
  .description("A GraphQL data-and-model serving platform for stars")
  .version(VERSION)
  // An option belongs to the command that it follows: `train` and its recipes have some of the same name.
  .enablePositionalOptions()
  .configureOutput({ outputError: () => undefined })
  .exitOverride(refuse)
  .addHelpText(
    "after",
    `\nExit status: 0 done, 1 a defect, ${Object.entries(EXIT_STATUS)
      .map(([code, status]) => `${status} ${code}`)
      .join(", ")}.`,
  );

async function run(): Promise<void> {
  await defineCommands(program, process.argv.slice(2));
  await program.parseAsync();
}

run().catch((error: unknown) => {
  const known = asAppError(error);
  if (process.argv.includes("--json")) {
    const { code, message } = known ?? { code: "INTERNAL", message: thrownText(error).split("\n")[0] };
    process.stdout.write(`${JSON.stringify({ error: { code, message } }, null, 2)}\n`);
  }
  process.stderr.write(known ? `asterism: ${known.message}\n` : `asterism: unexpected: ${thrownText(error)}\n`);
  process.exitCode = exitStatusOf(error);
});
