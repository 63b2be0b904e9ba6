import { createHash } from "node:crypto";
import { open, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { AppError } from "../../errors";
import { makeFolder } from "../../make-folder";
import type { Manifest } from "./manifest";
import { checkModelName } from "./model-reference";

/** What the database remembers of a version's files. */
export interface Fingerprint {
  readonly model: string;
  readonly version: number;
  /** of model.onnx, hexadecimal */
  readonly sha256: string;
  /** of manifest.json, hexadecimal */
  readonly manifestSha256: string;
}

export interface Artifact {
  readonly manifest: Manifest;
  readonly onnx: Uint8Array;
}

/** @returns lower-case hexadecimal */
export function sha256(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

async function writeDurably(file: string, bytes: Uint8Array | string): Promise<void> {
  const handle = await open(file, "wx", 0o444);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A renamed or new entry survives a power cut only once its folder is synced too. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The files of model versions: `<dataDir>/models/<name>/<version>/{model.onnx,manifest.json}`. */
export class ArtifactStore {
  constructor(private readonly dataDir: string) {}

  /** @returns the folder of a version, whether it exists or not */
  folder(model: string, version: number | string): string {
    return path.join(this.dataDir, "models", checkModelName(model), String(version));
  }

  /**
   * Writes a version's files beside their place. The staging folder's name is fixed, and the caller holds the
   * model's row lock: what a killed registration left there is swept away here.
   *
   * @returns `publish`, one rename that makes the files visible whole, and `discard`, which forgets them
   */
  async stage(manifestJson: string, onnx: Uint8Array, { model, version }: Pick<Fingerprint, "model" | "version">) {
    const staging = this.folder(model, `.staging-${version}`);
    const target = this.folder(model, version);
    await rm(staging, { recursive: true, force: true });
    makeFolder(staging);
    await writeDurably(path.join(staging, "model.onnx"), onnx);
    await writeDurably(path.join(staging, "manifest.json"), manifestJson);
    await syncFolder(staging);
    return {
      async publish() {
        // A folder of this version that the database does not know is what a crash before the commit left.
        await rm(target, { recursive: true, force: true });
        await rename(staging, target);
        await syncFolder(path.dirname(target));
      },
      discard: () => rm(staging, { recursive: true, force: true }),
    };
  }

  /**
   * Reads a version's files and compares them with what was registered, every time.
   *
   * @throws AppError MODEL_UNAVAILABLE where a file is absent, ARTIFACT_TAMPERED where it is not the one registered
   */
  async read(fingerprint: Fingerprint): Promise<Artifact> {
    const onnx = await this.readVerified(fingerprint, "model.onnx", fingerprint.sha256);
    const manifest = await this.readVerified(fingerprint, "manifest.json", fingerprint.manifestSha256);
    return { manifest: JSON.parse(manifest.toString("utf8")) as Manifest, onnx };
  }

  private async readVerified({ model, version }: Fingerprint, name: string, expected: string): Promise<Buffer> {
    const file = path.join(this.folder(model, version), name);
    const bytes = await readFile(file).catch((cause: NodeJS.ErrnoException) => {
      throw new AppError(
        "MODEL_UNAVAILABLE",
        // Readers of the API see this message: the path is told from the data folder on.
        `${model}@${version} is registered, but ${path.relative(this.dataDir, file)} cannot be read in the data folder (${cause.code}). Restore it from a backup, or point ASTERISM_DATA_DIR to the folder it was registered in.`,
        { cause },
      );
    });
    const actual = sha256(bytes);
    if (actual === expected) return bytes;
    throw new AppError(
      "ARTIFACT_TAMPERED",
      `${file} was changed after it was registered: its sha256 is ${actual}, not ${expected}. It is refused; restore the file, or train a new version.`,
    );
  }
}
