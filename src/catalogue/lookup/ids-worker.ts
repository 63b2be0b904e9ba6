import { parentPort, workerData } from "node:worker_threads";
import { AppError } from "../../errors";
import { readIds } from "./ids";
import type { IdsReply, IdsRequest } from "./ids-thread";

async function answer({ file, options }: IdsRequest): Promise<IdsReply> {
  try {
    return { ids: await readIds(file, options) };
  } catch (error) {
    if (error instanceof AppError) return { refusal: { code: error.code, message: error.message } };
    throw error;
  }
}

void answer(workerData as IdsRequest).then((reply) => parentPort!.postMessage(reply));
