import { replaceMatMul } from "./matmul";
import { replaceReductions } from "./reductions";
import { replaceTile } from "./tile";

let installed = false;

/** Replaces the kernels of the wasm backend that make training slow. Inference does not need them. */
export function installGradientKernels(): void {
  if (installed) return;
  replaceMatMul();
  replaceReductions();
  replaceTile();
  installed = true;
}
