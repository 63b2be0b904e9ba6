import { createHash } from "node:crypto";
import { open, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { AppError } from "../../errors";
import { makeFolder } from "../../make-folder";
import { ownerOf } from "../../modalities/modalities";
import type { Manifest } from "./manifest";
import { checkModelName } from "./model-reference";
import { type StoredManifest, upgradeManifest } from "./upgrade-manifest";

/** The database's record of a version's files. */
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

/** A new or renamed file survives a power cut only after its folder is synced too. */
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

  /** @returns the folder of a version, which need not exist */
  folder(model: string, version: number | string): string {
    return path.join(this.dataDir, "models", checkModelName(model), String(version));
  }

  /**
   * Writes a version's files to a staging folder. Its name is fixed and the caller holds the model's row lock, so the
   * leftovers of a killed registration can be removed here.
   *
   * @returns `publish`, a single rename that makes all files visible, and `discard`, which removes them
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
        // If the folder exists although the database does not know the version, a registration crashed before its commit.
        await rm(target, { recursive: true, force: true });
        await rename(staging, target);
        await syncFolder(path.dirname(target));
      },
      discard: () => rm(staging, { recursive: true, force: true }),
    };
  }

  /**
   * Reads a version's files and checks their hashes against the registered ones, every time.
   *
   * @throws AppError MODEL_UNAVAILABLE if a file is missing, ARTIFACT_TAMPERED if it differs from the registered one
   */
  async read(fingerprint: Fingerprint): Promise<Artifact> {
    const onnx = await this.readVerified(fingerprint, "model.onnx", fingerprint.sha256);
    const manifest = await this.readVerified(fingerprint, "manifest.json", fingerprint.manifestSha256);
    return { manifest: upgradeManifest(JSON.parse(manifest.toString("utf8")) as StoredManifest, ownerOf), onnx };
  }

  private async readVerified({ model, version }: Fingerprint, name: string, expected: string): Promise<Buffer> {
    const file = path.join(this.folder(model, version), name);
    const bytes = await readFile(file).catch((cause: NodeJS.ErrnoException) => {
      throw new AppError(
        "MODEL_UNAVAILABLE",
        // API clients see this message, so the path is relative to the data folder.
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
