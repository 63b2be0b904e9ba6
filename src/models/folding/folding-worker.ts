import { parentPort } from "node:worker_threads";
import type { Answered, Asked } from "../asked-worker";
import { type Folded, foldAndCompute, type ToFold } from "./folded";

function answer({ id, question }: Asked<ToFold>): Answered<Folded> {
  try {
    return { id, answer: foldAndCompute(question) };
  } catch (error) {
    return { id, failure: (error as Error).message };
  }
}

parentPort?.on("message", (asked: Asked<ToFold>) => parentPort?.postMessage(answer(asked)));
