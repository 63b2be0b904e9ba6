import { emitGapChoice, gapsToLearn, sometimesMissing } from "../../../../training/fit/gap-choice";
import { gapsOf } from "../../../../training/fit/gaps";
import { emitWithout, withoutInputs } from "../../../../training/fit/take-away";
import { FLOAT32, OnnxModel } from "../../../../training/onnx/onnx-model";
import { runGraph } from "../../../../training/onnx/run-graph";

const NAN = Number.NaN;
const none = Uint8Array.of(0, 0, 0);
const first = Uint8Array.of(1, 0, 0);
const others = Uint8Array.of(0, 1, 1);

test("the sets of inputs that are missing together are found, the most frequent first, without rare ones", () => {
  const rows = [...Array(50).fill([1, NAN, NAN]), ...Array(30).fill([1, 2, 3]), [NAN, NAN, NAN]].flat() as number[];
  expect(
    gapsOf(
      Float32Array.from(rows),
      3,
      Int32Array.from({ length: 81 }, (_, row) => row),
    ),
  ).toEqual([others, none]);
});

test("the set in which least is missing is learned first, and only as many as may be", () => {
  expect(gapsToLearn([others, first, none], 3, 10)).toEqual([none, others, first]);
  expect(gapsToLearn([others, first, none], 3, 2)).toEqual([none, others]);
  expect(gapsToLearn([], 3, 2)).toEqual([none]);
});

test("an input counts as sometimes missing if some rows lack it, and not all", () => {
  const prepared = Float32Array.of(0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1);
  expect(sometimesMissing(prepared, 3, Int32Array.of(0, 1))).toEqual([false, true, false]);
});

test("a star is answered by what was learned for what it lacks, or for what is nearest to that", async () => {
  const learned = [none, first, others].map((gap) => ({ gap, sometimes: [false, true, false] }));
  const graph = new OnnxModel("choice");
  const choice = emitGapChoice(graph, graph.input("missing", ["N", 3]), learned);
  graph.output("choice", graph.add("Cast", [choice], { to: FLOAT32 }), ["N"]);
  // Nothing; the first; both others; the second alone, which costs less than a star that is filled; the third alone, which no star lacked; all.
  const missing = Float32Array.of(0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 1, 0, 0, 0, 1, 1, 1, 1);
  const found = await runGraph(graph.finish(), { missing }, 6, ["choice"]);
  expect([...found.choice!.slice(0, 4)]).toEqual([0, 1, 2, 2]);
  expect(found.choice![4]).toBe(2);
  expect(found.choice![5]).toBe(2);
});

test("inputs are taken away from a task as they are in a graph", async () => {
  const raw = Float32Array.of(1, 2, 3, NAN, 5, 6);
  const prepared = Float32Array.of(-0.1, 0.2, -0.3, 0, 0, 0, 0, 0.5, 0.6, 1, 0, 0);
  const task = withoutInputs(
    {
      raw,
      prepared,
      columns: 3,
      target: { kind: "quantity", values: new Float32Array(2) },
      train: Int32Array.of(0, 1),
      validation: new Int32Array(0),
      weights: null,
      gaps: [],
      settings: {},
      seed: 1,
    },
    others,
  );
  expect([...task.raw]).toEqual([1, NAN, NAN, NAN, NAN, NAN]);
  expect([...task.prepared].map((one) => Math.fround(one))).toEqual([-0.1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 1, 1].map(Math.fround));
  expect([...raw]).toEqual([1, 2, 3, NAN, 5, 6]);
  const graph = new OnnxModel("without");
  const inputs = { raw: graph.input("raw", ["N", 3]), prepared: graph.input("prepared", ["N", 6]) };
  const left = emitWithout(graph, inputs, others);
  graph.output("left_raw", left.raw, ["N", 3]);
  graph.output("left_prepared", left.prepared, ["N", 6]);
  const found = await runGraph(graph.finish(), { raw, prepared }, 2, ["left_raw", "left_prepared"]);
  expect(found.left_raw).toEqual(task.raw);
  expect([...found.left_prepared!].map((one) => one + 0)).toEqual([...task.prepared]);
});
