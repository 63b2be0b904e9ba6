import type { KoffiFunc, LibraryHandle } from "koffi";
import { AppError } from "../../../src/errors";

/** Address of something that the library owns. */
export type Handle = bigint;
/** Where C writes a result. */
export type Out<T> = [T | null];

/** The part of XGBoost's C interface that training needs; it has been the same from 1.4 to 3.2. */
interface Functions {
  XGBGetLastError(): string;
  XGBoostVersion(major: Out<number>, minor: Out<number>, patch: Out<number>): void;
  XGDMatrixCreateFromMat(inputs: Float32Array, rows: number, columns: number, missing: number, matrix: Out<Handle>): number;
  XGDMatrixSetFloatInfo(matrix: Handle, field: string, values: Float32Array, length: number): number;
  XGDMatrixFree(matrix: Handle): number;
  XGBoosterCreate(matrices: Handle[], length: number, booster: Out<Handle>): number;
  XGBoosterSetParam(booster: Handle, name: string, value: string): number;
  XGBoosterUpdateOneIter(booster: Handle, round: number, matrix: Handle): number;
  XGBoosterPredictFromDMatrix(
    booster: Handle,
    matrix: Handle,
    config: string,
    shape: Out<Handle>,
    dimensions: Out<number>,
    result: Out<Handle>,
  ): number;
  XGBoosterSaveModelToBuffer(booster: Handle, config: string, length: Out<number>, bytes: Out<Handle>): number;
  XGBoosterFree(booster: Handle): number;
}

const PROTOTYPES: Record<keyof Functions, string> = {
  XGBGetLastError: "const char* XGBGetLastError()",
  XGBoostVersion: "void XGBoostVersion(_Out_ int*, _Out_ int*, _Out_ int*)",
  XGDMatrixCreateFromMat: "int XGDMatrixCreateFromMat(const float*, uint64_t, uint64_t, float, _Out_ void**)",
  XGDMatrixSetFloatInfo: "int XGDMatrixSetFloatInfo(void*, const char*, const float*, uint64_t)",
  XGDMatrixFree: "int XGDMatrixFree(void*)",
  XGBoosterCreate: "int XGBoosterCreate(const void**, uint64_t, _Out_ void**)",
  XGBoosterSetParam: "int XGBoosterSetParam(void*, const char*, const char*)",
  XGBoosterUpdateOneIter: "int XGBoosterUpdateOneIter(void*, int, void*)",
  XGBoosterPredictFromDMatrix: "int XGBoosterPredictFromDMatrix(void*, void*, const char*, _Out_ void**, _Out_ uint64_t*, _Out_ void**)",
  XGBoosterSaveModelToBuffer: "int XGBoosterSaveModelToBuffer(void*, const char*, _Out_ uint64_t*, _Out_ void**)",
  XGBoosterFree: "int XGBoosterFree(void*)",
};

/** Names under which systems find an installed library: Debian's and Ubuntu's package, a build of one's own, macOS, Windows. */
const INSTALLED = ["libxgboost.so.0", "libxgboost.so", "libxgboost.dylib", "xgboost.dll"];

/** Names the two ways that were tried; both take a minute. */
const HOW_TO_INSTALL =
  "On Debian and Ubuntu, `apt-get install libxgboost0` installs it. Elsewhere, `pip download --no-deps xgboost-cpu && unzip xgboost_cpu-*.whl` " +
  "unpacks it, and ASTERISM_XGBOOST_LIBRARY names the file (xgboost/lib/libxgboost.so). Serving needs none of it.";

/** Libxgboost, opened. All its calls are made from one thread: the text of its last error belongs to the thread. */
export class XgboostLibrary {
  /** as in 1.7.4 */
  readonly version: string;

  constructor(
    readonly functions: Functions,
    /** copies what the library keeps at an address */
    private readonly copy: (address: Handle, length: number, type: "float" | "uint8") => ArrayLike<number>,
  ) {
    const [major, minor, patch]: [Out<number>, Out<number>, Out<number>] = [[null], [null], [null]];
    functions.XGBoostVersion(major, minor, patch);
    this.version = [major, minor, patch].join(".");
  }

  /** Passes on what a call answered: 0, or a failure whose text the library keeps. */
  check(status: number): void {
    if (status !== 0) throw new Error(`XGBoost ${this.version}: ${this.functions.XGBGetLastError().split("\nStack trace")[0]}`);
  }

  /** The library frees or overwrites its results at its next call. */
  floats(address: Out<Handle>, length: number): Float32Array {
    return Float32Array.from(this.copy(address[0]!, length, "float"));
  }

  bytes(address: Out<Handle>, length: number): Uint8Array {
    return Uint8Array.from(this.copy(address[0]!, length, "uint8"));
  }
}

function bind(native: LibraryHandle): Functions {
  const bound = Object.entries(PROTOTYPES).map(([name, prototype]) => [name, native.func(prototype) as KoffiFunc<() => unknown>]);
  return Object.fromEntries(bound) as Functions;
}

/**
 * Opens libxgboost: the file that is named, or the one that is installed.
 *
 * @param file path of the library, as ASTERISM_XGBOOST_LIBRARY gives it
 * @throws AppError BACKEND_UNAVAILABLE saying how to install it
 */
export function openXgboost(file: string | null = null): XgboostLibrary {
  const koffi = require("koffi") as typeof import("koffi"); // only here: a server never loads it
  const copy = (address: Handle, length: number, type: string) =>
    koffi.decode(address, koffi.array(type, length, "Typed")) as ArrayLike<number>;
  const reasons: string[] = [];
  for (const name of file === null ? INSTALLED : [file]) {
    try {
      return new XgboostLibrary(bind(koffi.load(name)), copy);
    } catch (error) {
      reasons.push((error as Error).message);
    }
  }
  const wanted =
    file === null ? "libxgboost is not installed." : `ASTERISM_XGBOOST_LIBRARY names '${file}', which does not load: ${reasons[0]}.`;
  throw new AppError("BACKEND_UNAVAILABLE", `Boosted trees are trained by XGBoost's library. ${wanted} ${HOW_TO_INSTALL}`);
}
