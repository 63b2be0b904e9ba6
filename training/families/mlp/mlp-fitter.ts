import path from "node:path";
import type { Fit, FitTask, Fitter, FitWatch, GraphAnswer } from "../../fit/family";
import { meanAndVariance, meanOverMembers } from "../../onnx/members";
import type { OnnxModel, Value } from "../../onnx/onnx-model";
import type { Backend } from "../../tensorflow/backend";
import { type FitPool, openFitPool } from "../../tensorflow/fit-pool";
import { emitNetwork } from "./emit-network";
import { fitMlp } from "./fit-mlp";
import type { MlpActivation } from "./mlp";
import type { MlpSettings } from "./mlp-settings";
import type { MlpFit, MlpTask } from "./mlp-task";

const IN_TURN: readonly MlpActivation[] = ["relu", "silu"];

/** @returns the task of one of a fit's networks */
function taskOf({ prepared, columns, target, weights, train, validation, settings, seed }: FitTask<MlpSettings>, network: number): MlpTask {
  const { activation, loss } = settings;
  const isClasses = target.kind === "classes";
  return {
    ...{ inputs: prepared, columns: 2 * columns, weights, train, validation },
    label: isClasses ? Float32Array.from(target.values) : target.values,
    ...(isClasses ? { classes: target.classes } : {}),
    settings: {
      ...settings,
      loss: isClasses ? "cross-entropy" : loss,
      // Folds of one network each take turns, too: their seeds differ by odd numbers.
      activation: activation === "alternating" ? IN_TURN[(seed + network) % IN_TURN.length]! : activation,
    },
    seed: (seed + 7919 * network) >>> 0,
  };
}

function column(graph: OnnxModel, outputs: readonly Value[], index: number): Value {
  const one = graph.constant([1], BigInt64Array.of(BigInt(index)));
  return graph.add(
    "Concat",
    outputs.map((output) => graph.add("Gather", [output, one], { axis: 1 })),
    { axis: 1 },
  );
}

/** The networks' mean; how far they are apart, and the variance that they state of themselves. */
function emit(graph: OnnxModel, prepared: Value, { target, settings }: FitTask<MlpSettings>, fits: readonly MlpFit[]): GraphAnswer {
  const outputs = fits.map(({ weights }) => emitNetwork(graph, prepared, weights));
  if (target.kind === "classes") {
    const sum = outputs.map((one) => graph.add("Softmax", [one], { axis: 1 })).reduce((total, one) => graph.add("Add", [total, one]));
    return { kind: "classes", probabilities: graph.add("Mul", [sum, graph.scalar(1 / fits.length)]) };
  }
  const { value, variance } = meanAndVariance(graph, column(graph, outputs, 0));
  if (settings.loss === "gaussian-nll") {
    const own = meanOverMembers(graph, graph.add("Exp", [column(graph, outputs, 1)]));
    return { kind: "quantity", value, variance: graph.add("Add", [variance, own]) };
  }
  return { kind: "quantity", value, variance: fits.length > 1 ? variance : null };
}

/** Fits some networks at once, each in a thread where the backend has threads. */
export class MlpFitter implements Fitter<MlpSettings> {
  private constructor(
    readonly backend: Backend,
    private readonly pool: FitPool<MlpTask, MlpFit>,
  ) {}

  static async open(backend: Backend, threads: number): Promise<MlpFitter> {
    return new MlpFitter(backend, await openFitPool(backend, threads, fitMlp, path.join(__dirname, "worker.js")));
  }

  get parallel(): number {
    return this.pool.size;
  }

  async fit(task: FitTask<MlpSettings>, { onProgress, interrupt }: FitWatch): Promise<Fit> {
    const { networks, epochs } = task.settings;
    const done = new Array<number>(networks).fill(0);
    const stop = () => this.pool.stop();
    if (interrupt.aborted) stop();
    interrupt.addEventListener("abort", stop, { once: true });
    const fitOne = async (network: number) => {
      const fit = await this.pool.fit(taskOf(task, network), (epoch, loss) => {
        done[network] = epoch / epochs;
        onProgress(done.reduce((sum, share) => sum + share, 0) / networks, `epoch ${epoch}, loss ${loss.toFixed(4)}`);
      });
      done[network] = 1;
      return fit;
    };
    try {
      const fits = await Promise.all(Array.from({ length: networks }, (_, network) => fitOne(network)));
      return { emit: (graph, { prepared }) => emit(graph, prepared, task, fits), notes: notesOf(fits) };
    } finally {
      interrupt.removeEventListener("abort", stop);
    }
  }

  async close(): Promise<void> {
    await this.pool.close();
  }
}

function notesOf(fits: readonly MlpFit[]): Fit["notes"] {
  const average = (pick: (fit: MlpFit) => number) => fits.reduce((sum, fit) => sum + pick(fit), 0) / fits.length;
  return {
    epochs: average((fit) => fit.epochs),
    bestEpoch: average((fit) => fit.bestEpoch),
    validationLoss: average((fit) => fit.validationLoss),
  };
}
