import util from "node:util";
import * as tf from "@tensorflow/tfjs";
import type { BackendName } from "./backend";
import { requireOptional } from "./optional-package";
import { installGradientKernels } from "./wasm-kernels/install";

/** Loads what a rung needs and makes it tfjs's backend. @returns the versions of what was loaded */
type OpenRung = () => Promise<Record<string, string>>;

async function setBackend(name: string): Promise<void> {
  if (!(await tf.setBackend(name))) throw new Error(`tfjs refused the backend ${name}`);
  await tf.ready();
}

/** tfjs-node 4.22 calls util.isNullOrUndefined, which Node 23 took away. */
function mendNodeUtil(): void {
  const legacy = util as { isNullOrUndefined?: (value: unknown) => boolean };
  legacy.isNullOrUndefined ??= (value) => value === null || value === undefined;
}

const openNative =
  (packageName: string): OpenRung =>
  async () => {
    mendNodeUtil();
    const native = requireOptional<{ version: Record<string, string> }>(packageName);
    await setBackend("tensorflow");
    const { binding } = tf.backend() as unknown as { readonly binding: { readonly TF_Version: string } };
    return { [packageName]: native.version["tfjs-node"]!, libtensorflow: binding.TF_Version };
  };

async function openWebgpu(): Promise<Record<string, string>> {
  const { create, globals } = requireOptional<{ create(options: string[]): unknown; globals: object }>("webgpu");
  Object.assign(globalThis, globals);
  Object.defineProperty(globalThis, "navigator", { value: { gpu: create([]) }, configurable: true, writable: true });
  const { version_webgpu } = requireOptional<{ version_webgpu: string }>("@tensorflow/tfjs-backend-webgpu");
  await setBackend("webgpu");
  return { "@tensorflow/tfjs-backend-webgpu": version_webgpu };
}

async function openWasm(): Promise<Record<string, string>> {
  const wasm = await import("@tensorflow/tfjs-backend-wasm");
  // One thread: the fits of an ensemble run side by side in worker threads, which gains more than splitting a product.
  wasm.setThreadsCount(1);
  await setBackend("wasm");
  installGradientKernels();
  return { "@tensorflow/tfjs-backend-wasm": wasm.version_wasm };
}

async function openCpu(): Promise<Record<string, string>> {
  await setBackend("cpu");
  return {};
}

export const RUNGS: Readonly<Record<BackendName, OpenRung>> = {
  "tensorflow-gpu": openNative("@tensorflow/tfjs-node-gpu"),
  tensorflow: openNative("@tensorflow/tfjs-node"),
  webgpu: openWebgpu,
  wasm: openWasm,
  cpu: openCpu,
};
