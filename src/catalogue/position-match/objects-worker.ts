import { workerData } from "node:worker_threads";
import { openTable } from "../../formats/open-table";
import { answerFromThread } from "../bulk/read-in-thread";
import { MAX_UNPACKED_BYTES } from "../lookup/ids";
import { type ObjectsRequest, packObjects } from "./objects-thread";
import { readObjects } from "./read-objects";

const { file, positions, table, most } = workerData as ObjectsRequest;
const NAME = "the file";

void answerFromThread(async () => {
  const opened = await openTable(file, { name: NAME, maxBytes: MAX_UNPACKED_BYTES, table });
  return packObjects((await readObjects(opened, NAME, positions, most)).objects);
});
