import { ProtobufWriter } from "./protobuf-writer";

/** ModelProto.metadata_props, and the two fields of each of them. */
export const METADATA_FIELD = 14;
const KEY_FIELD = 1;
const VALUE_FIELD = 2;

/** Bytes that follow a field's key, by its wire type; type 2 says its own length. */
const FIXED_BYTES: Readonly<Record<number, number>> = { 1: 8, 5: 4 };

export function metadataEntry(key: string, value: string): ProtobufWriter {
  return new ProtobufWriter().text(KEY_FIELD, key).text(VALUE_FIELD, value);
}

/** One field of a message: its bytes as they lie in the file, and of a field with a length its content. */
interface Field {
  readonly number: number;
  readonly whole: Uint8Array;
  readonly content: Uint8Array;
}

function varintAt(bytes: Uint8Array, start: number): { value: number; end: number } {
  let value = 0;
  for (let at = start, scale = 1; at < bytes.length; at++, scale *= 128) {
    value += (bytes[at]! & 127) * scale;
    if (bytes[at]! < 128) return { value, end: at + 1 };
  }
  throw new RangeError("The file is no ONNX model: it ends within a number.");
}

function* fieldsOf(message: Uint8Array): Generator<Field> {
  for (let start = 0; start < message.length; ) {
    const key = varintAt(message, start);
    const wireType = key.value % 8;
    const next = wireType === 0 || wireType === 2 ? varintAt(message, key.end) : { value: FIXED_BYTES[wireType], end: key.end };
    const end = wireType === 0 ? next.end : next.end + (next.value ?? Number.NaN);
    if (!(end <= message.length)) throw new RangeError("The file is no ONNX model: a field reaches beyond its end.");
    yield { number: Math.floor(key.value / 8), whole: message.subarray(start, end), content: message.subarray(next.end, end) };
    start = end;
  }
}

function entryOf({ content }: Field): [key: string, value: string] {
  const texts = new Map([...fieldsOf(content)].map((field) => [field.number, new TextDecoder().decode(field.content)]));
  return [texts.get(KEY_FIELD) ?? "", texts.get(VALUE_FIELD) ?? ""];
}

/**
 * @param onnx a model file's bytes
 * @returns its metadata, by key
 */
export function readMetadata(onnx: Uint8Array): Map<string, string> {
  return new Map([...fieldsOf(onnx)].filter(({ number }) => number === METADATA_FIELD).map(entryOf));
}

/**
 * Adds metadata to a model file; what it has under the same keys is replaced. Nothing else in the file changes: a
 * protobuf message may be continued by further fields.
 */
export function withMetadata(onnx: Uint8Array, entries: ReadonlyMap<string, string>): Uint8Array {
  const kept = [...fieldsOf(onnx)].filter((field) => field.number !== METADATA_FIELD || !entries.has(entryOf(field)[0]));
  const added = new ProtobufWriter();
  for (const [key, value] of entries) added.message(METADATA_FIELD, metadataEntry(key, value));
  return Buffer.concat([...kept.map(({ whole }) => whole), added.finish()]);
}
