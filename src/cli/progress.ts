import { Presets, SingleBar } from "cli-progress";

/** Reports the progress of long work; `note` is a short description of its state, such as the loss of an epoch. */
export type OnProgress = (done: number, total: number, note?: string) => void;

export interface ProgressBar {
  readonly update: OnProgress;
  stop(): void;
}

interface Options {
  readonly json?: boolean;
  /** of what is counted, if that is not evident from the title, such as bytes of a file */
  readonly unit?: string;
}

/** One line per tenth, for logs that cannot redraw. */
function progressLines(title: string, unit: string): ProgressBar {
  let tenth = -1;
  return {
    update(done, total, note = "") {
      const now = total > 0 ? Math.floor((10 * done) / total) : 0;
      if (now === tenth) return;
      tenth = now;
      process.stderr.write(`${title} ${now * 10}% (${done}/${total}${unit}) ${note}\n`);
    },
    stop: () => undefined,
  };
}

/** A progress bar with rate and remaining time on standard error; none with `--json`. */
export function progressBar(title: string, { json = false, unit = "" }: Options = {}): ProgressBar {
  if (json) return { update: () => undefined, stop: () => undefined };
  if (!process.stderr.isTTY) return progressLines(title, unit && ` ${unit}`);
  const bar = new SingleBar(
    {
      format: `${title} {bar} {percentage}% | {value}/{total}${unit && ` ${unit}`} | {rate}/s | {eta_formatted} left {note}`,
      // A hidden cursor, or lines that do not wrap, would stay so in the terminal if Ctrl-C or a kill ended the command.
      hideCursor: false,
      linewrap: true,
    },
    Presets.shades_classic,
  );
  const started = performance.now();
  let running = false;
  return {
    update(done, total, note = "") {
      const rate = Math.round(done / Math.max(1e-3, (performance.now() - started) / 1000));
      if (!running) bar.start(total, done, { rate, note });
      running = true;
      bar.setTotal(total);
      bar.update(done, { rate, note });
    },
    stop: () => bar.stop(),
  };
}

/** Shows a progress bar during the work, and removes it afterwards. */
export async function withProgress<T>(title: string, options: Options, work: (onProgress: OnProgress) => Promise<T>): Promise<T> {
  const bar = progressBar(title, options);
  try {
    return await work(bar.update);
  } finally {
    bar.stop();
  }
}
