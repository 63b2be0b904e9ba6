/** The rungs of the ladder, fastest first. */
export const BACKEND_NAMES = ["tensorflow-gpu", "tensorflow", "webgpu", "wasm", "cpu"] as const;

export type BackendName = (typeof BACKEND_NAMES)[number];

/** What computes: kept in the manifest, as a seed repeats a training only on the same backend. */
export interface Backend {
  readonly name: BackendName;
  /** version of each library, by package name */
  readonly libraries: Readonly<Record<string, string>>;
}

/** Why a rung was passed over. */
export interface Refusal {
  readonly name: BackendName;
  readonly reason: string;
}
