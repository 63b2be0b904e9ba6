import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Readable, Writable } from "node:stream";

/** The Chromium of this machine, or undefined. */
export const CHROMIUM = ["chromium", "chromium-browser", "google-chrome"].find((name) => spawnSync(name, ["--version"]).status === 0);

/** Quiet, in a profile of its own, and cut off from every host but this one. */
const flags = (profile: string) => [
  ..."--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking".split(" "),
  ..."--disable-component-update --disable-sync --window-size=1300,850 --remote-debugging-pipe".split(" "),
  "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
  `--user-data-dir=${profile}`,
];

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
  readonly params?: Record<string, unknown>;
}

/** One page of a browser, driven over Chrome's debugging protocol (messages end with a zero byte). */
export interface Page {
  /** Runs an expression in the page and answers what its promise resolves to. */
  evaluate(expression: string): Promise<unknown>;
  /** A picture of the page, PNG. */
  screenshot(): Promise<Buffer>;
  /** What the page complained of: console errors, refused resources, exceptions. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

const COMPLAINTS = new Set(["Runtime.exceptionThrown", "Log.entryAdded"]);

export async function openPage(url: string): Promise<Page> {
  const profile = mkdtempSync(path.join(tmpdir(), "asterism-chromium-"));
  const browser = spawn(CHROMIUM ?? "chromium", flags(profile), { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
  const ended = new Promise((resolve) => browser.once("exit", resolve));
  const [toBrowser, fromBrowser] = [browser.stdio[3] as Writable, browser.stdio[4] as Readable];
  const complaints: string[] = [];
  const waiting = new Map<number, (message: Message) => void>();
  let loaded: () => void = () => undefined;
  const load = new Promise<void>((resolve) => {
    loaded = resolve;
  });
  let unread = "";
  fromBrowser.setEncoding("utf8").on("data", (text: string) => {
    const messages = (unread + text).split("\0");
    unread = messages.pop() ?? "";
    for (const message of messages.map((one) => JSON.parse(one) as Message)) {
      if (message.id !== undefined) waiting.get(message.id)?.(message);
      else if (message.method === "Page.loadEventFired") loaded();
      else if (COMPLAINTS.has(message.method ?? "")) complaints.push(JSON.stringify(message.params));
    }
  });

  let lastId = 0;
  const send = (method: string, params: object = {}, sessionId?: string) =>
    new Promise<Record<string, unknown>>((resolve, reject) => {
      const id = ++lastId;
      waiting.set(id, ({ result, error }) => (error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result ?? {})));
      toBrowser.write(`${JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) })}\0`);
    });

  const { targetId } = await send("Target.createTarget", { url: "about:blank" });
  const { sessionId } = (await send("Target.attachToTarget", { targetId, flatten: true })) as { sessionId: string };
  for (const domain of ["Runtime", "Log", "Page"]) await send(`${domain}.enable`, {}, sessionId);
  await send("Page.navigate", { url }, sessionId);
  await load;
  return {
    complaints,
    async evaluate(expression) {
      const answer = await send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true }, sessionId);
      return (answer.result as { value?: unknown }).value;
    },
    async screenshot() {
      return Buffer.from((await send("Page.captureScreenshot", {}, sessionId)).data as string, "base64");
    },
    async close() {
      void send("Browser.close"); // it ends without an answer
      await ended;
      // Its helper processes outlive it by a moment, and write to the profile.
      rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}
