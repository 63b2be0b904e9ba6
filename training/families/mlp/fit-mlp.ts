import { fitNetwork, type OnEpoch } from "../../tensorflow/fit-network";
import { outputsOf } from "../../tensorflow/loss";
import { Mlp } from "./mlp";
import type { MlpFit, MlpTask } from "./mlp-task";

/** Trains one multilayer perceptron, keeping the weights of the epoch that predicts the validation stars best. */
export function fitMlp(task: MlpTask, onEpoch: OnEpoch): Promise<MlpFit> {
  const outputs = task.classes ?? outputsOf(task.settings.loss);
  return fitNetwork(new Mlp({ ...task.settings, inputs: task.columns, outputs }), task, onEpoch);
}
