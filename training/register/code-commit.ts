import { execFileSync } from "node:child_process";

/** @returns the commit of the code that runs, with `+` where files were changed since; null outside a git checkout */
export function codeCommit(folder: string): string | null {
  const git = (...words: string[]) =>
    execFileSync("git", words, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  try {
    return git("rev-parse", "HEAD") + (git("status", "--porcelain", "--untracked-files=no") ? "+" : "");
  } catch {
    return null; // an installed package, or no git: the manifest says so by null
  }
}
