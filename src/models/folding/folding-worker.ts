import { parentPort } from "node:worker_threads";
import { foldLightCurve } from "../../features/light-curve/fold-light-curve";
import type { FoldingReply, FoldingRequest } from "./folding-protocol";

function answer({ id, points }: FoldingRequest): FoldingReply {
  try {
    return { id, folding: foldLightCurve(points, Number.NaN) };
  } catch (error) {
    return { id, failure: (error as Error).message };
  }
}

parentPort?.on("message", (request: FoldingRequest) => parentPort?.postMessage(answer(request)));
