import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { PACKAGE_ROOT } from "../config";
import { AppError } from "../errors";
import { schemaText } from "../graphql/schema";
import { type DefineCommand, print } from "./command";

const FILE = path.join(PACKAGE_ROOT, "schema.graphql");

export const defineSchema: DefineCommand = (program) => {
  program
    .command("schema")
    .description("write the API's schema to schema.graphql")
    .option("--check", "write nothing; fail if the file is not up to date")
    .action(({ check }: { check?: boolean }) => {
      const text = schemaText();
      if (!check) writeFileSync(FILE, text);
      else if (readFileSync(FILE, "utf8") !== text) throw new AppError("CONFLICT", "schema.graphql is stale: run `npm run schema`.");
      print({ file: FILE }, check ? "schema.graphql is up to date." : `Wrote ${FILE}.`, false);
    });
};
