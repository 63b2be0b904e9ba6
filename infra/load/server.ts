import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { freePort } from "../../bench/free-port";
import { PACKAGE_ROOT } from "../../src/config";
import { AppError } from "../../src/errors";

export interface LoadedServer {
  readonly url: string;
  stop(): Promise<void>;
}

const isReady = (url: string) =>
  fetch(`${url}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );

/** [s] Limit of a first start: a sky of a million stars and two models on a slow machine. */
const PATIENCE = 600;

/**
 * Starts a new server with a synthetic sky: on DATABASE_URL if that is set, otherwise on the embedded database in a new
 * temporary folder.
 *
 * @throws AppError CONFLICT if it does not start
 */
export async function startServer(stars: number): Promise<LoadedServer> {
  const folder = mkdtempSync(path.join(tmpdir(), "asterism-load-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const settings = { ASTERISM_DATA_DIR: folder, ASTERISM_DEMO_STARS: String(stars), HOST: "127.0.0.1", PORT: String(port) };
  const child = spawn(process.execPath, [path.join(PACKAGE_ROOT, "dist/src/cli/main.js"), "serve", "--demo"], {
    env: { ...process.env, ...settings },
    // Progress goes to standard error, because standard output is for results.
    stdio: ["ignore", 2, 2],
  });
  const ended = once(child, "exit");
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  for (let second = 0; second < PATIENCE; second++) {
    if (await isReady(url)) return { url, stop };
    if (child.exitCode !== null) break;
    await wait(1000);
  }
  await stop();
  throw new AppError("CONFLICT", "The server did not start: its message is above. Fix that, or name a running server with --url.");
}

/**
 * Uses a running server.
 *
 * @throws AppError BAD_INPUT if it is on another machine, NOT_FOUND if it does not answer
 */
export async function runningServer(given: string): Promise<LoadedServer> {
  const url = given.replace(/\/$/, "");
  if (!/^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(url))
    throw new AppError("BAD_INPUT", `--url must name a server on this machine, such as http://127.0.0.1:4000, not '${given}'.`);
  if (!(await isReady(url)))
    throw new AppError("NOT_FOUND", `No server is ready at ${url}. Start one with \`npm start\`, or leave --url out.`);
  return { url, stop: async () => undefined };
}
