import type { Command } from "commander";
import { COMMANDS } from "./commands";

/** Options of the program itself, which need no command. */
const OWN_OPTIONS = ["--version", "-V"];

/** Where only serving is installed, the commands that train are listed and cannot be called. */
async function defineIfInstalled(program: Command, name: string): Promise<void> {
  try {
    (await COMMANDS[name]!())(program);
  } catch (error) {
    if (!/MODULE_NOT_FOUND$/.test((error as NodeJS.ErrnoException).code ?? "")) throw error;
    program.command(name).description("is not part of this installation, which can only serve");
  }
}

/**
 * Defines the command that the words call; all of them where they call none, as for help.
 *
 * @param words of the command line, without the program
 */
export async function defineCommands(program: Command, words: readonly string[]): Promise<void> {
  const [word = ""] = words;
  if (OWN_OPTIONS.includes(word)) return;
  if (Object.hasOwn(COMMANDS, word)) (await COMMANDS[word]!())(program);
  else for (const name of Object.keys(COMMANDS)) await defineIfInstalled(program, name);
}
