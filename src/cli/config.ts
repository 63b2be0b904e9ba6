import { readVariable, type VariableName } from "../config";
import { VARIABLES } from "../config/variables";
import { AppError, EXIT_STATUS } from "../errors";
import { type DefineCommand, print } from "./command";

/** What is wrong with a variable's value; null if nothing is. */
function problemOf(name: VariableName): string | null {
  try {
    readVariable(name);
    return null;
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
}

function explain(name: VariableName) {
  const variable = VARIABLES[name];
  const given = process.env[name];
  const secret = "secret" in variable && variable.secret;
  return {
    name,
    value: given && secret ? "(set)" : given || (variable.fallback ?? null),
    default: variable.fallback ?? null,
    description: variable.description,
    problem: problemOf(name),
  };
}

const describe = ({ name, value, description, default: fallback, problem }: ReturnType<typeof explain>) =>
  `${name}=${value ?? ""}\n    ${description}. Default: ${fallback || "none"}.${problem ? `\n    WRONG: ${problem}` : ""}`;

export const defineConfig: DefineCommand = (program) => {
  program
    .command("config")
    .description("explain every environment variable and show what is in force")
    .option("--json", "print JSON")
    .action(({ json }: { json?: boolean }) => {
      const rows = (Object.keys(VARIABLES) as VariableName[]).map(explain);
      print(rows, rows.map(describe).join("\n"), json);
      // Every variable is explained all the same: this is where the others' messages send their reader.
      if (rows.some(({ problem }) => problem !== null)) process.exitCode = EXIT_STATUS.BAD_INPUT;
    });
};
