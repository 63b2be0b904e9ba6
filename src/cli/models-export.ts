import type { Command } from "commander";
import { writeAtomically } from "../catalogue/bulk/atomic-file";
import { sha256 } from "../models/registry/artifact-store";
import { Registry } from "../models/registry/registry";
import { EXISTING, print, withDatabase } from "./command";

interface Options {
  readonly output: string;
  readonly json?: boolean;
}

interface Exported {
  readonly model: string;
  readonly version: number;
  readonly file: string;
  readonly bytes: number;
  /** of the file, which has more metadata than the registered artifact */
  readonly sha256: string;
}

async function exportModel(reference: string, file: string): Promise<Exported> {
  // Only this command needs it, so a server starts without the folder training.
  const { exportedArtifact } = await import("../../training/onnx/export-metadata.js");
  return withDatabase(async (database, config) => {
    const registry = new Registry(database, config.dataDir);
    const version = await registry.resolve(reference);
    const { onnx, manifest } = await registry.load(version);
    const exported = exportedArtifact(onnx, manifest);
    await writeAtomically(file, (write) => write(exported));
    return { model: version.model, version: version.version, file, bytes: exported.byteLength, sha256: sha256(exported) };
  }, EXISTING);
}

async function run(reference: string, { output, json }: Options): Promise<void> {
  const exported = await exportModel(reference, output);
  const { model, version, file, bytes } = exported;
  print(exported, `${file}: ${model}@${version}, ${(bytes / 1e6).toFixed(2)} MB; docs/models.md shows how to run it in Python.`, json);
}

/** `asterism models export` */
export function defineModelsExport(models: Command): void {
  models
    .command("export <model>")
    .description(
      "write NAME, NAME@ALIAS or NAME@VERSION as one ONNX file that runs without asterism, with units and manifest in its metadata",
    )
    .requiredOption("--output <file>", "file to write; an existing one is replaced")
    .option("--json", "print JSON")
    .action(run);
}
