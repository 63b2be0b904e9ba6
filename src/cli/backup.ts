import { loadConfig } from "../config";
import { backup, restore } from "../database/backup/backup";
import { type DefineCommand, print } from "./command";

export const defineBackup: DefineCommand = (program) => {
  program
    .command("backup <file>")
    .description("write the embedded database and the models' files to one file; the server must be stopped")
    .option("--json", "print JSON")
    .action(async (file: string, { json }: { json?: boolean }) => {
      const files = await backup(loadConfig(), file);
      print({ file, files }, `${file}: ${files} files. \`asterism restore ${file}\` puts them back.`, json);
    });
};

export const defineRestore: DefineCommand = (program) => {
  program
    .command("restore <file>")
    .description("make a data folder from a backup; an existing data folder is never written over")
    .option("--json", "print JSON")
    .action(async (file: string, { json }: { json?: boolean }) => {
      const config = loadConfig();
      const files = await restore(config, file);
      print({ dataDir: config.dataDir, files }, `${config.dataDir}: ${files} files restored.`, json);
    });
};
