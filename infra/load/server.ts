import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { PACKAGE_ROOT } from "../../src/config";
import { AppError } from "../../src/errors";

export interface LoadedServer {
  readonly url: string;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const isReady = (url: string) =>
  fetch(`${url}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );

/** The longest a first start may take: a sky of a million stars and two models on a slow machine [s]. */
const PATIENCE = 600;

/**
 * A server of its own with a synthetic sky: on DATABASE_URL where that is set, else on the embedded database in a
 * temporary folder, which nothing of the user's is in.
 *
 * @throws AppError CONFLICT where it does not come up
 */
export async function startServer(stars: number): Promise<LoadedServer> {
  const folder = mkdtempSync(path.join(tmpdir(), "asterism-load-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const settings = { ASTERISM_DATA_DIR: folder, ASTERISM_DEMO_STARS: String(stars), HOST: "127.0.0.1", PORT: String(port) };
  const child = spawn(process.execPath, [path.join(PACKAGE_ROOT, "dist/src/cli/main.js"), "serve", "--demo"], {
    env: { ...process.env, ...settings },
    // Its progress goes where ours does: standard output is for results.
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
  throw new AppError("CONFLICT", "The server to be loaded did not come up: its message is above.");
}

/**
 * A server that runs already.
 *
 * @throws AppError BAD_INPUT where it is on another machine, NOT_FOUND where nothing answers
 */
export async function runningServer(given: string): Promise<LoadedServer> {
  const url = given.replace(/\/$/, "");
  if (!/^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(url))
    throw new AppError("BAD_INPUT", `--url must be of this machine, as http://127.0.0.1:4000, not '${given}': load is for loopback alone.`);
  if (!(await isReady(url)))
    throw new AppError("NOT_FOUND", `No server is ready at ${url}. Start one with \`npm start\`, or leave --url out.`);
  return { url, stop: async () => undefined };
}
