import { AppError } from "../../errors";

/** Where a YAML file's values come from, for messages about them. */
export interface YamlSource {
  /** its name */
  readonly file: string;
  /** the page that describes such files: docs/ingest.md */
  readonly page: string;
  /** @returns the line of a value, counted from 1; null if it is not known */
  lineOf(path: readonly string[]): number | null;
}

/** Walks the values of a YAML file that a user wrote, naming the line and key of every fault: `photometry.g.mag`. */
export class MappingReader {
  constructor(
    private readonly value: unknown,
    private readonly path: readonly string[],
    private readonly source: YamlSource,
  ) {}

  get isAbsent(): boolean {
    return this.value === undefined || this.value === null;
  }

  /** This value where it is a mapping that has no other keys than these. */
  object(allowed: readonly string[]): Readonly<Record<string, MappingReader>> {
    const entries = this.entries();
    const unknown = entries.find(([key]) => !allowed.includes(key));
    if (unknown) this.failAt([...this.path, unknown[0]], `has the unknown key '${unknown[0]}'; known: ${allowed.join(", ")}`);
    const given = Object.fromEntries(entries);
    return Object.fromEntries(allowed.map((key) => [key, given[key] ?? this.child(key, undefined)]));
  }

  /** The keys of this mapping, whatever they are called. */
  entries(): [string, MappingReader][] {
    if (typeof this.value !== "object" || this.value === null || Array.isArray(this.value))
      this.fail(`must be a mapping of keys, not ${this.shown()}`);
    return Object.entries(this.value as object).map(([key, value]) => [key, this.child(key, value)]);
  }

  /** This mapping without one of its keys; anything else as it is. */
  without(key: string): MappingReader {
    if (typeof this.value !== "object" || this.value === null || Array.isArray(this.value)) return this;
    const { [key]: _, ...rest } = this.value as Record<string, unknown>;
    return new MappingReader(rest, this.path, this.source);
  }

  text(pattern = /^.{1,1000}$/s, wanted = "text"): string {
    if (typeof this.value !== "string" || !pattern.test(this.value)) this.fail(`must be ${wanted}, not ${this.shown()}`);
    return this.value;
  }

  number(wanted = "a number"): number {
    if (typeof this.value !== "number" || !Number.isFinite(this.value)) this.fail(`must be ${wanted}, not ${this.shown()}`);
    return this.value;
  }

  list(wanted: string): MappingReader[] {
    if (!Array.isArray(this.value)) this.fail(`must be a list of ${wanted}, not ${this.shown()}`);
    return this.value.map((value, index) => this.child(String(index), value));
  }

  oneOf<T extends string>(choices: readonly T[]): T {
    if (!choices.includes(this.value as T)) this.fail(`must be one of ${choices.join(", ")}, not ${this.shown()}`);
    return this.value as T;
  }

  /** @returns null if the key is absent */
  optional<T>(read: (reader: MappingReader) => T): T | null {
    return this.isAbsent ? null : read(this);
  }

  /** The value as it is, for what checks itself. */
  get content(): unknown {
    return this.value;
  }

  get isList(): boolean {
    return Array.isArray(this.value);
  }

  get isText(): boolean {
    return typeof this.value === "string";
  }

  get isNumber(): boolean {
    return typeof this.value === "number";
  }

  fail(fault: string): never {
    return this.failAt(this.path, fault);
  }

  /** @param fault the end of a sentence, or whole ones */
  private failAt(path: readonly string[], fault: string): never {
    const { file, page } = this.source;
    const line = this.source.lineOf(path);
    const place = line === null ? file : `${file}, line ${line}`;
    throw new AppError("BAD_INPUT", `${place}: ${this.path.join(".") || "the file"} ${fault.replace(/\.$/, "")}. See ${page}.`);
  }

  private child(key: string, value: unknown): MappingReader {
    return new MappingReader(value, [...this.path, key], this.source);
  }

  private shown(): string {
    if (this.isAbsent) return "absent";
    return `'${(typeof this.value === "string" ? this.value : JSON.stringify(this.value)).slice(0, 60)}'`;
  }
}
