import { workerData } from "node:worker_threads";
import { answerFromThread } from "../bulk/read-in-thread";
import { readIds } from "./ids";
import type { IdsRequest } from "./ids-thread";

const { file, options } = workerData as IdsRequest;

void answerFromThread(() => readIds(file, options));
