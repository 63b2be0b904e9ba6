import { TestEnvironment } from "jest-environment-node";

/**
 * Node's environment with the outer realm's typed arrays: native and WebAssembly libraries check
 * `instanceof Float32Array`, which fails for a typed array of another realm.
 */
export default class extends TestEnvironment {
  override async setup(): Promise<void> {
    await super.setup();
    Object.assign(this.global, { Float32Array, Float64Array, Int32Array, Uint8Array, ArrayBuffer, BigInt64Array, BigUint64Array });
  }
}
