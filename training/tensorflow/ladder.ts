import * as tf from "@tensorflow/tfjs";
import { AppError } from "../../src/errors";
import { BACKEND_NAMES, type Backend, type BackendName, type Refusal } from "./backend";
import { RUNGS } from "./rungs";
import { selfTest } from "./self-test";

async function openRung(name: BackendName): Promise<Backend> {
  tf.enableProdMode(); // no advertisement of other packages on standard error
  const loaded = await RUNGS[name]();
  await selfTest();
  return { name, libraries: { "@tensorflow/tfjs": tf.version.tfjs, ...loaded } };
}

/**
 * Makes a training backend ready: the one named, or with `auto` the first of the ladder that is installed and passes
 * its self-test.
 *
 * @param onRefusal hears why each rung above the chosen one was passed over
 * @throws AppError BACKEND_UNAVAILABLE if the named one, or none at all, can be used
 */
export async function openBackend(choice: BackendName | "auto" = "auto", onRefusal?: (refusal: Refusal) => void): Promise<Backend> {
  const refusals: Refusal[] = [];
  for (const name of choice === "auto" ? BACKEND_NAMES : [choice]) {
    try {
      return await openRung(name);
    } catch (error) {
      const refusal = { name, reason: (error as Error).message };
      refusals.push(refusal);
      onRefusal?.(refusal);
    }
  }
  const reasons = refusals.map(({ name, reason }) => `${name}: ${reason}`).join(" ");
  const wanted = choice === "auto" ? "No training backend" : "That training backend";
  throw new AppError("BACKEND_UNAVAILABLE", `${wanted} cannot be used. ${reasons} The wasm backend needs no further install.`);
}
