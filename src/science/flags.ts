/** One thing that may be doubtful, as a bit. */
export interface Flag {
  readonly bit: number;
  /** for people: API, files and docs say the same */
  readonly description: string;
}

/** Everything that is said of a list of flags, made from the list. */
export interface FlagList<Name extends string, Bits extends Readonly<Record<Name, number>>> {
  /** the bits by name */
  readonly bits: Bits;
  /** what each flag says, by name */
  readonly meanings: Readonly<Record<Name, string>>;
  /** the names and their meanings as one text: `AMBIGUOUS (...), ...` */
  readonly text: string;
  /** the same with the bits: `1 AMBIGUOUS (...), 2 ...` */
  readonly bitsText: string;
  /** @returns the names of the bits that are set */
  names(flags: number): Name[];
}

/** @param flags every flag of one list, by name */
export function flagList<const List extends Readonly<Record<string, Flag>>>(flags: List) {
  type Name = keyof List & string;
  const names = Object.keys(flags) as Name[];
  const each = <Value>(of: (flag: Flag) => Value) => Object.fromEntries(names.map((name) => [name, of(flags[name]!)])) as unknown;
  const list: FlagList<Name, { readonly [name in Name]: List[name]["bit"] }> = {
    bits: each(({ bit }) => bit) as { readonly [name in Name]: List[name]["bit"] },
    meanings: each(({ description }) => description) as Readonly<Record<Name, string>>,
    text: names.map((name) => `${name} (${flags[name]!.description})`).join(", "),
    bitsText: names.map((name) => `${flags[name]!.bit} ${name} (${flags[name]!.description})`).join(", "),
    names: (bits) => names.filter((name) => bits & flags[name]!.bit),
  };
  return list;
}
