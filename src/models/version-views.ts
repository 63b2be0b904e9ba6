import { AppError } from "../errors";
import { describeInputs } from "../features/feature-sets";
import type { Looking, Modality } from "../modalities/modality";
import { answeredTensors } from "./inference/answered-tensors";
import type { Runnable } from "./inference/inference-engine";
import { OutputJudge } from "./judge-outputs";
import type { View } from "./preparing/preparing-engine";
import type { ModelVersion, Registry } from "./registry/registry";

/** Everything that predicting with one version needs, found once. */
export interface VersionView extends View {
  readonly version: ModelVersion;
  readonly observes: Modality;
  readonly judge: OutputJudge;
  readonly runnable: Runnable;
}

export const nameOf = ({ model, version }: Pick<ModelVersion, "model" | "version">): string => `${model}@${version}`;

/** @throws AppError MODEL_UNAVAILABLE if the current code computes other inputs than the version was trained on */
function checkInputs(version: ModelVersion, { inputs }: Looking): void {
  const { featureSet } = version.manifest;
  const [trained, computed] = [describeInputs(featureSet.inputs), describeInputs(inputs)];
  if (trained === computed) return;
  throw new AppError(
    "MODEL_UNAVAILABLE",
    `${nameOf(version)} was trained on the inputs ${trained}, but '${featureSet.name}' now computes ${computed}. Train a new version, or run the code that trained it.`,
  );
}

/** The versions that were asked, each with its modality. */
export class VersionViews {
  /** by version id */
  private readonly known = new Map<number, VersionView>();

  constructor(
    private readonly registry: Registry,
    private readonly modalities: readonly Modality[],
  ) {}

  /** @throws AppError MODEL_UNAVAILABLE if this code does not know what the version looks at, or computes other inputs */
  of(version: ModelVersion): VersionView {
    const known = this.known.get(version.id);
    if (known) return known;
    const { manifest } = version;
    const observes = this.modalityOf(version);
    const looking = observes.open(manifest);
    checkInputs(version, looking);
    const view = { version, observes, modality: observes.name, looked: manifest, looking, judge: new OutputJudge(manifest) };
    const whole = { ...view, runnable: this.runnable(version) };
    this.known.set(version.id, whole);
    return whole;
  }

  /** @throws AppError MODEL_UNAVAILABLE if this code has no such modality */
  modalityOf(version: ModelVersion): Modality {
    const { modality, featureSet } = version.manifest;
    const found = this.modalities.find(({ name }) => name === modality);
    if (found) return found;
    throw new AppError(
      "MODEL_UNAVAILABLE",
      `${nameOf(version)} looks at '${modality}' by the feature set '${featureSet.name}', which this code does not know. Run the code that trained it.`,
    );
  }

  private runnable(version: ModelVersion): Runnable {
    return {
      id: version.id,
      name: nameOf(version),
      tensors: answeredTensors(version.manifest),
      columns: version.manifest.columns?.map(({ name }) => name),
      read: async () => (await this.registry.load(version)).onnx,
    };
  }
}
