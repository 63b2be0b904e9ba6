import type { OnnxModel, Value } from "../onnx/onnx-model";
import type { Fit, FitTask, Fitter, FitWatch, GraphAnswer, GraphInputs } from "./family";
import { emitGapChoice, gapsToLearn, type LearnedGap, sometimesMissing } from "./gap-choice";
import { emitWithout, withoutInputs } from "./take-away";

/** A fit for stars that lack a set of inputs. */
interface FitOfGap extends LearnedGap {
  readonly fit: Fit;
}

const whole = (graph: OnnxModel, ...values: number[]): Value => graph.constant([values.length], BigInt64Array.from(values, BigInt));

/** The rows that a fit is to answer. Row 0 is always before them: operators on classical models want a row at least. */
function rowsOf(graph: OnnxModel, choice: Value, index: number): Value {
  const isChosen = graph.add("Equal", [choice, graph.constant([], BigInt64Array.of(BigInt(index)))]);
  const rows = graph.add("Reshape", [graph.add("NonZero", [isChosen]), whole(graph, -1)]);
  return graph.add("Concat", [whole(graph, 0), rows], { axis: 0 });
}

/** Without row 0. */
const behindFirst = (graph: OnnxModel, values: Value): Value =>
  graph.add("Slice", [values, whole(graph, 1), whole(graph, Number.MAX_SAFE_INTEGER), whole(graph, 0)]);

/** Puts the parts' rows where they belong. @param parts [rows of the part, width] each @returns [N, width] */
function together(graph: OnnxModel, choice: Value, rows: readonly Value[], parts: readonly Value[]): Value {
  const at = graph.add(
    "Concat",
    rows.map((one) => behindFirst(graph, one)),
    { axis: 0 },
  );
  const values = graph.add(
    "Concat",
    parts.map((one) => behindFirst(graph, one)),
    { axis: 0 },
  );
  // The place of each row among those of the parts.
  const count = graph.add("Shape", [choice]);
  const order = graph.add("Range", [
    graph.constant([], BigInt64Array.of(0n)),
    graph.add("Squeeze", [count]),
    graph.constant([], BigInt64Array.of(1n)),
  ]);
  const place = graph.add("ScatterElements", [order, at, order], { axis: 0 });
  return graph.add("Gather", [values, place]);
}

/** Each star is answered by the fit whose gap is nearest to what it lacks, and by no other: the work is that of one fit. */
function emitApart(graph: OnnxModel, inputs: GraphInputs, fits: readonly FitOfGap[]): GraphAnswer {
  if (fits.length === 1) return fits[0]!.fit.emit(graph, inputs);
  const size = fits[0]!.gap.length;
  const missing = graph.add("Slice", [inputs.prepared, whole(graph, size), whole(graph, 2 * size), whole(graph, 1)]);
  const choice = emitGapChoice(graph, missing, fits);
  const rows = fits.map((_, index) => rowsOf(graph, choice, index));
  const answers = fits.map(({ fit, gap }, index) => {
    const of = (values: Value) => graph.add("Gather", [values, rows[index]!]);
    return fit.emit(graph, emitWithout(graph, { raw: of(inputs.raw), prepared: of(inputs.prepared) }, gap));
  });
  const quantities = answers.flatMap((answer) => (answer.kind === "quantity" ? [answer] : []));
  const classes = answers.flatMap((answer) => (answer.kind === "classes" ? [answer.probabilities] : []));
  if (classes.length > 0) return { kind: "classes", probabilities: together(graph, choice, rows, classes) };
  const variances = quantities.flatMap(({ variance }) => (variance === null ? [] : [variance]));
  return {
    kind: "quantity",
    value: together(
      graph,
      choice,
      rows,
      quantities.map(({ value }) => value),
    ),
    variance: variances.length === fits.length ? together(graph, choice, rows, variances) : null,
  };
}

/** A share of a fit's progress. */
const partOf = ({ onProgress, interrupt }: FitWatch, index: number, count: number): FitWatch => ({
  onProgress: (share, note) => onProgress((index + share) / count, count > 1 ? `gap ${index + 1} of ${count}, ${note}` : note),
  interrupt,
});

async function fitApart<Of>(fitter: Fitter<Of>, most: number, task: FitTask<Of>, watch: FitWatch): Promise<Fit> {
  const gaps = gapsToLearn(task.gaps, task.columns, most);
  const sometimes = sometimesMissing(task.prepared, task.columns, task.train);
  const fits: FitOfGap[] = [];
  for (const [index, gap] of gaps.entries()) {
    // Interrupted: the stars that lack more are answered as if they did not.
    if (watch.interrupt.aborted && index > 0) break;
    fits.push({ gap, sometimes, fit: await fitter.fit(withoutInputs(task, gap), partOf(watch, index, gaps.length)) });
  }
  return { emit: (graph, inputs) => emitApart(graph, inputs, fits), notes: { ...fits[0]!.fit.notes, gaps: fits.length } };
}

/**
 * Makes a family fit each frequent set of missing inputs apart. Its notes are those of the set in which least is missing.
 *
 * @param most sets of missing inputs
 */
export function fittingApart<Of>(fitter: Fitter<Of>, most: number): Fitter<Of> {
  return {
    parallel: fitter.parallel,
    backend: fitter.backend,
    ...(fitter.choose ? { choose: (task, watch) => fitter.choose!(task, watch) } : {}),
    fit: (task, watch) => fitApart(fitter, most, task, watch),
    close: () => fitter.close(),
  };
}
