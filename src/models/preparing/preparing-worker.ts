import { parentPort } from "node:worker_threads";
import type { Prepared } from "../../modalities/modality";
import type { Answered, Asked } from "../asked-worker";
import { prepareInPlace, type ToPrepare } from "./to-prepare";

function answer({ id, question }: Asked<ToPrepare>): Answered<Prepared> {
  try {
    return { id, answer: prepareInPlace(question) };
  } catch (error) {
    return { id, failure: (error as Error).message };
  }
}

parentPort?.on("message", (asked: Asked<ToPrepare>) => parentPort?.postMessage(answer(asked)));
