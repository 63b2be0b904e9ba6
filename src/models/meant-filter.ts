import type { StarOrder } from "../catalogue/page-order";
import type { MeantPrediction, PredictionCondition } from "../catalogue/predicted/predicted-filter";
import { PREDICTION_FLAGS, type PredictionFlag } from "../catalogue/prediction-flags";
import { filtersWithin, type StarFilter } from "../catalogue/star-filter";
import { AppError } from "../errors";
import type { ClassesOutput } from "./registry/output";
import type { ModelVersion } from "./registry/registry";

/** Finds the version that NAME, NAME@alias or NAME@version points to. */
export type ResolveVersion = (reference: string) => Promise<ModelVersion>;

const called = ({ model, version }: ModelVersion) => `${model}@${version}`;
const shown = (text: string) => `'${text.slice(0, 40)}'`;

/** @throws AppError BAD_INPUT for a name that is no flag's */
function flagBits(names: readonly string[]): number {
  let bits = 0;
  for (const name of names) {
    if (!Object.hasOwn(PREDICTION_FLAGS, name)) {
      const flags = Object.keys(PREDICTION_FLAGS).join(", ");
      throw new AppError("BAD_INPUT", `withoutFlags must name flags of predictions, ${flags}, not ${shown(name)}.`);
    }
    bits |= PREDICTION_FLAGS[name as PredictionFlag];
  }
  return bits;
}

/** @throws AppError BAD_INPUT if the version does not predict the label */
function labelOutput(version: ModelVersion, label: string): string {
  const names = version.manifest.outputs.filter(({ kind }) => kind === "quantity").map(({ name }) => name);
  if (names.includes(label)) return label;
  throw new AppError("BAD_INPUT", `${called(version)} predicts ${names.join(", ") || "no labels"}, not ${shown(label)}.`);
}

/** @throws AppError BAD_INPUT if the version says no such classes, or the class is none of them */
function classOutput(version: ModelVersion, { output, class: of }: { readonly output?: string | null; readonly class: string }): string {
  const all = version.manifest.outputs.filter((one): one is ClassesOutput => one.kind === "classes");
  const found = output == null && all.length === 1 ? all[0] : all.find(({ name }) => name === output);
  if (!found) {
    const names = all.map(({ name }) => name).join(", ");
    const which = output == null ? "Name one of them as 'output'" : `There is no ${shown(output)}`;
    throw new AppError(
      "BAD_INPUT",
      names ? `${called(version)} predicts classes of ${names}. ${which}.` : `${called(version)} predicts no classes.`,
    );
  }
  if (found.classes.includes(of)) return found.name;
  throw new AppError("BAD_INPUT", `The classes of ${found.name} by ${called(version)} are ${found.classes.join(", ")}, not ${shown(of)}.`);
}

type Named<Condition> = (version: ModelVersion, condition: Condition) => string;

async function meant<Condition extends PredictionCondition>(resolve: ResolveVersion, condition: Condition, named: Named<Condition>) {
  const excludedFlags = flagBits(condition.withoutFlags ?? []);
  const version = await resolve(condition.model);
  const found: MeantPrediction = { versionId: version.id, output: named(version, condition), excludedFlags };
  return { ...condition, meant: found };
}

const byLabel = (version: ModelVersion, { label }: { readonly label: string }) => labelOutput(version, label);

async function meantOne(resolve: ResolveVersion, filter: StarFilter): Promise<StarFilter> {
  const { predictedLabel, predictedClass, and, or } = filter;
  return {
    ...filter,
    ...(predictedLabel && { predictedLabel: await meant(resolve, predictedLabel, byLabel) }),
    ...(predictedClass && { predictedClass: await meant(resolve, predictedClass, classOutput) }),
    ...(and && { and: await Promise.all(and.map((one) => meantOne(resolve, one))) }),
    ...(or && { or: await Promise.all(or.map((one) => meantOne(resolve, one))) }),
  };
}

/**
 * Looks up the models that a filter of stars names, so that the catalogue, which knows no registry, can apply it.
 *
 * @returns the same filter where it names none
 * @throws AppError BAD_INPUT, NOT_FOUND, MODEL_UNAVAILABLE for a model, label, class or flag that there is not
 */
export async function meantFilter(resolve: ResolveVersion, filter: StarFilter): Promise<StarFilter> {
  const names = filtersWithin(filter).some(({ predictedLabel, predictedClass }) => predictedLabel || predictedClass);
  return names ? meantOne(resolve, filter) : filter;
}

/** As `meantFilter`, of an order of stars. @throws AppError BAD_INPUT also for an order by two of them */
export async function meantOrder(resolve: ResolveVersion, order: StarOrder): Promise<StarOrder> {
  const { surveyLabel, predictedLabel, predictedClass } = order;
  if ([surveyLabel, predictedLabel, predictedClass].filter(Boolean).length > 1)
    throw new AppError("BAD_INPUT", "Stars are ordered by one thing: give one of surveyLabel, predictedLabel and predictedClass.");
  if (predictedLabel) return { ...order, predictedLabel: await meant(resolve, predictedLabel, byLabel) };
  return predictedClass ? { ...order, predictedClass: await meant(resolve, predictedClass, classOutput) } : order;
}
