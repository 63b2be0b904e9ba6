import { METADATA_FIELD, metadataEntry } from "./model-metadata";
import { ProtobufWriter } from "./protobuf-writer";

/**
 * Opset 17 is the oldest that has all the operators used here; every ONNX Runtime since 1.12 reads it. Version 3 of
 * the classical models' operators was published together with it.
 */
const OPSETS = { "": 17, "ai.onnx.ml": 3 } as const;
/** The IR version that was published together with opset 17. */
const IR_VERSION = 8;

/** Element types, as ONNX numbers them. */
export const FLOAT32 = 1;
export const FLOAT64 = 11;
export const INT32 = 6;
export const BOOL = 9;
const INT64 = 7;
const ATTRIBUTE_FLOAT = 1;
const ATTRIBUTE_INT = 2;
const ATTRIBUTE_STRING = 3;
const ATTRIBUTE_FLOATS = 6;
const ATTRIBUTE_INTS = 7;
const ATTRIBUTE_STRINGS = 8;

/** Name of a tensor in a graph. */
export type Value = string;

/** A whole number is written as an INT attribute; a FLOAT one says so, and a list of them is a Float32Array. */
export type Attribute = number | string | { readonly float: number } | readonly number[] | Float32Array | readonly string[];

/** Whose operators: ONNX's own, or those of classical models such as trees. */
export type Domain = keyof typeof OPSETS;

/** A dimension: its size, or the name of one that is known only when the model runs. */
export type Dimension = number | string;

/** A tensor's elements: weights in single or double precision, or sizes. */
type Elements = Float32Array | Float64Array | BigInt64Array;

function elementType(data: Elements): number {
  if (data instanceof Float32Array) return FLOAT32;
  return data instanceof Float64Array ? FLOAT64 : INT64;
}

/** Little-endian, as ONNX wants and as every machine is that Node.js runs on. */
function bytesOf({ buffer, byteOffset, byteLength }: Elements): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength).slice();
}

function tensor(name: string, dimensions: readonly number[], data: Elements): ProtobufWriter {
  const elements = dimensions.reduce((product, size) => product * size, 1);
  if (elements !== data.length) throw new RangeError(`Constant ${name} is ${dimensions.join(" x ")} but has ${data.length} elements.`);
  const message = new ProtobufWriter();
  for (const size of dimensions) message.integer(1, size);
  message.integer(2, elementType(data)).text(8, name);
  return message.bytes(9, bytesOf(data));
}

function attribute(name: string, value: Attribute): ProtobufWriter {
  const message = new ProtobufWriter().text(1, name);
  if (typeof value === "number") return message.integer(3, value).integer(20, ATTRIBUTE_INT);
  if (typeof value === "string") return message.text(4, value).integer(20, ATTRIBUTE_STRING);
  if ("float" in value) return message.float(2, value.float).integer(20, ATTRIBUTE_FLOAT);
  // Packed, little-endian: a forest has some 100,000 of them.
  if (value instanceof Float32Array) return message.bytes(7, bytesOf(value)).integer(20, ATTRIBUTE_FLOATS);
  if (value.every((item) => typeof item === "number")) return message.integers(8, value).integer(20, ATTRIBUTE_INTS);
  for (const item of value) message.text(9, String(item));
  return message.integer(20, ATTRIBUTE_STRINGS);
}

function valueInfo(name: string, dimensions: readonly Dimension[]): ProtobufWriter {
  const shape = new ProtobufWriter();
  for (const size of dimensions) {
    shape.message(1, typeof size === "string" ? new ProtobufWriter().text(2, size) : new ProtobufWriter().integer(1, size));
  }
  const tensorType = new ProtobufWriter().integer(1, FLOAT32).message(2, shape);
  return new ProtobufWriter().text(1, name).message(2, new ProtobufWriter().message(1, tensorType));
}

/** An ONNX model being written, operator by operator. Operators are kept in the order given, which must be one of evaluation. */
export class OnnxModel {
  readonly #nodes: ProtobufWriter[] = [];
  readonly #constants: ProtobufWriter[] = [];
  readonly #inputs: ProtobufWriter[] = [];
  readonly #outputs: ProtobufWriter[] = [];
  readonly #shared = new Map<number, Value>();
  readonly #domains = new Set<Domain>([""]);
  readonly #metadata = new Map<string, string>();
  #names = 0;

  constructor(readonly name: string) {}

  /** Declares a float32 input. */
  input(name: string, dimensions: readonly Dimension[]): Value {
    this.#inputs.push(valueInfo(name, dimensions));
    return name;
  }

  /** Gives a float32 result its public name. */
  output(name: string, value: Value, dimensions: readonly Dimension[]): void {
    this.#nodes.push(new ProtobufWriter().text(1, value).text(2, name).text(3, name).text(4, "Identity"));
    this.#outputs.push(valueInfo(name, dimensions));
  }

  /** A tensor stored as raw bytes. */
  constant(dimensions: readonly number[], data: Elements): Value {
    const name = `constant_${this.#names++}`;
    this.#constants.push(tensor(name, dimensions, data));
    return name;
  }

  /** A float32 number without dimensions; equal ones are stored once. */
  scalar(value: number): Value {
    const known = this.#shared.get(value);
    if (known) return known;
    const name = this.constant([], Float32Array.of(value));
    this.#shared.set(value, name);
    return name;
  }

  /** Adds an operator with one result. */
  add(operator: string, inputs: readonly Value[], attributes: Readonly<Record<string, Attribute>> = {}, domain: Domain = ""): Value {
    return this.addWithResults(1, operator, inputs, attributes, domain)[0]!;
  }

  /** Adds an operator with several results. An input '' is one that is left out. */
  addWithResults(
    results: number,
    operator: string,
    inputs: readonly Value[],
    attributes: Readonly<Record<string, Attribute>> = {},
    domain: Domain = "",
  ): Value[] {
    const names = Array.from({ length: results }, () => `${operator}_${this.#names++}`);
    const node = new ProtobufWriter();
    for (const input of inputs) node.text(1, input);
    for (const name of names) node.text(2, name);
    node.text(3, names[0]!).text(4, operator);
    for (const [name, value] of Object.entries(attributes)) node.message(5, attribute(name, value));
    if (domain) node.text(7, domain);
    this.#domains.add(domain);
    this.#nodes.push(node);
    return names;
  }

  /** Operators so far, outputs included. */
  get operators(): number {
    return this.#nodes.length;
  }

  /** A text that goes with the model; runtimes give it back by its key. */
  metadata(key: string, value: string): void {
    this.#metadata.set(key, value);
  }

  /** @returns the file's bytes (ModelProto) */
  finish(): Uint8Array {
    const graph = new ProtobufWriter();
    for (const node of this.#nodes) graph.message(1, node);
    graph.text(2, this.name);
    for (const constant of this.#constants) graph.message(5, constant);
    for (const input of this.#inputs) graph.message(11, input);
    for (const output of this.#outputs) graph.message(12, output);
    const model = new ProtobufWriter().integer(1, IR_VERSION).text(2, "asterism").message(7, graph);
    for (const domain of this.#domains) model.message(8, new ProtobufWriter().text(1, domain).integer(2, OPSETS[domain]));
    for (const [key, value] of this.#metadata) model.message(METADATA_FIELD, metadataEntry(key, value));
    return model.finish();
  }
}
