import { parentPort } from "node:worker_threads";
import { foldAndCompute } from "./folded";
import type { FoldingReply, FoldingRequest } from "./folding-protocol";

function answer({ id, asked }: FoldingRequest): FoldingReply {
  try {
    return { id, folded: foldAndCompute(asked) };
  } catch (error) {
    return { id, failure: (error as Error).message };
  }
}

parentPort?.on("message", (request: FoldingRequest) => parentPort?.postMessage(answer(request)));
