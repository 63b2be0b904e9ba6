import { loadConfig, VARIABLES } from "../config";
import { type DefineCommand, print } from "./command";

export const defineConfig: DefineCommand = (program) => {
  program
    .command("config")
    .description("explain every environment variable and show what is in force")
    .option("--json", "print JSON")
    .action(({ json }: { json?: boolean }) => {
      loadConfig();
      const rows = Object.entries(VARIABLES).map(([name, variable]) => {
        const given = process.env[name];
        const secret = "secret" in variable && variable.secret;
        return {
          name,
          value: given && secret ? "(set)" : (given ?? variable.fallback ?? null),
          default: variable.fallback ?? null,
          description: variable.description,
        };
      });
      const text = rows
        .map((row) => `${row.name}=${row.value ?? ""}\n    ${row.description}. Default: ${row.default ?? "none"}.`)
        .join("\n");
      print(rows, text, json);
    });
};
