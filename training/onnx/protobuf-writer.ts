/** The two kinds of field that ONNX files use besides whole numbers (protobuf wire format). */
const WIRE_VARINT = 0;
const WIRE_BYTES = 2;
const WIRE_FIXED32 = 5;

/** A varint of 53 bits, 7 to a byte. */
const MOST_BYTES = 8;

/**
 * Writes one protobuf message. Fields go out in the order they are given; unset fields are absent, as protobuf
 * wants. Only what ONNX needs: varint, float, bytes, text and nested messages.
 *
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export class ProtobufWriter {
  readonly #chunks: Uint8Array[] = [];
  #length = 0;

  /** A whole number that is not negative, as ONNX's dimensions, enumerations and versions are. */
  integer(field: number, value: number): this {
    return this.#key(field, WIRE_VARINT).#varint(value);
  }

  /** Whole numbers that are not negative, packed: a forest has some 100,000 of them. */
  integers(field: number, values: readonly number[]): this {
    const bytes = new Uint8Array(values.length * MOST_BYTES);
    let at = 0;
    for (const value of values) {
      let rest = value;
      for (; rest > 127; rest = Math.floor(rest / 128)) bytes[at++] = (rest % 128) + 128;
      bytes[at++] = rest;
    }
    return this.bytes(field, bytes.slice(0, at));
  }

  float(field: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    return this.#key(field, WIRE_FIXED32).#push(bytes);
  }

  bytes(field: number, value: Uint8Array): this {
    return this.#key(field, WIRE_BYTES).#varint(value.length).#push(value);
  }

  text(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  message(field: number, value: ProtobufWriter): this {
    this.#key(field, WIRE_BYTES).#varint(value.#length);
    // The nested chunks are taken as they are: weights are copied once, at the end.
    for (const chunk of value.#chunks) this.#push(chunk);
    return this;
  }

  finish(): Uint8Array {
    const out = new Uint8Array(this.#length);
    let offset = 0;
    for (const chunk of this.#chunks) {
      out.set(chunk, offset);
      offset += chunk.length;
    }
    return out;
  }

  #key(field: number, wireType: number): this {
    return this.#varint(field * 8 + wireType);
  }

  #varint(value: number): this {
    if (!Number.isSafeInteger(value) || value < 0)
      throw new RangeError(`A varint here is a whole number from 0 to 2^53 - 1, not ${value}.`);
    const bytes: number[] = [];
    let rest = value;
    while (rest > 127) {
      bytes.push((rest % 128) + 128);
      rest = Math.floor(rest / 128);
    }
    bytes.push(rest);
    return this.#push(Uint8Array.from(bytes));
  }

  #push(chunk: Uint8Array): this {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    return this;
  }
}
