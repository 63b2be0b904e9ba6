import path from "node:path";
import { AppError } from "../../errors";
import type { OpenOptions } from "../open-table";
import type { Cell, TableStream } from "../table";
import { memorySource, type TableSource } from "../table-source";
import type { Member } from "./member";
import { tarMembers } from "./tar";
import { zipMembers } from "./zip";

export type ArchiveKind = "zip" | "tar";

/** [byte] A file in an archive is held in memory. */
const MAX_MEMBER_BYTES = 2 ** 30;
/** [byte] All of an archive: DataLink serves the products of 5,000 sources at most. */
const MAX_UNPACKED_BYTES = 2 ** 35;
const MAX_MEMBERS = 100_000;
const MOST_SHOWN = 20;

const READERS = { zip: zipMembers, tar: tarMembers } as const;

/** Recognises an archive by its first bytes. */
export function archiveKind(head: Buffer): ArchiveKind | null {
  const start = head.toString("latin1", 0, 4);
  if (start === "PK\x03\x04" || start === "PK\x05\x06") return "zip";
  return head.length >= 512 && head.toString("latin1", 257, 262) === "ustar" ? "tar" : null;
}

type OpenMember = (source: TableSource, options: Pick<OpenOptions, "table">) => Promise<TableStream>;

/** Files that desktops and packers add. */
const isTableFile = (name: string): boolean => !/(^|\/)(\.|__MACOSX\/)/.test(name) && !/(^|\/)(readme|manifest|license)[^/]*$/i.test(name);

function checkName(name: string, archive: string): void {
  if (name.startsWith("/") || /^[A-Za-z]:/.test(name) || name.split(/[/\\]/).includes(".."))
    throw new AppError("BAD_INPUT", `${archive} names a file outside itself, '${name.slice(0, 100)}', which is refused.`);
}

/** The archive's table files, or those that are chosen by name: whole, without folders, or its beginning. */
async function* tableMembers(source: TableSource, kind: ArchiveKind, { table, maxBytes }: OpenOptions): AsyncGenerator<Member> {
  let [members, bytes] = [0, 0];
  const most = maxBytes ?? MAX_UNPACKED_BYTES;
  for await (const member of READERS[kind](source, Math.min(MAX_MEMBER_BYTES, most))) {
    checkName(member.name, source.name);
    bytes += member.bytes;
    if (++members > MAX_MEMBERS || bytes > most)
      throw new AppError(
        "BAD_INPUT",
        `${source.name} unpacks to more than ${most} bytes or ${MAX_MEMBERS} files. Unpack it, and name files of it.`,
      );
    const name = path.posix.basename(member.name);
    if (isTableFile(member.name) && (table === undefined || member.name === table || name.startsWith(table))) yield member;
  }
}

/** What tells that tables can be read as one. */
const headOf = ({ columns }: TableStream): string => JSON.stringify(columns.map(({ name, unit, kind }) => [name, unit, kind]));

/** The tables of an archive, one after the other. */
class ArchiveTables {
  constructor(
    private readonly source: TableSource,
    private readonly kind: ArchiveKind,
    private readonly options: OpenOptions,
    private readonly open: OpenMember,
  ) {}

  async *tables(): AsyncGenerator<{ readonly name: string; readonly table: TableStream }> {
    const { source, kind, options, open } = this;
    for await (const member of tableMembers(source, kind, options)) {
      if (member.bytes === 0) continue;
      const content = memorySource(await member.read(), `${source.name}: ${member.name}`, MAX_MEMBER_BYTES);
      yield { name: member.name, table: await open(content, { table: undefined }) };
    }
  }

  /** The first table, once it is sure that all have its columns. @throws AppError BAD_INPUT listing the files otherwise */
  async first(): Promise<TableStream> {
    let first: TableStream | null = null;
    const names: string[] = [];
    let differs = false;
    for await (const { name, table } of this.tables()) {
      names.push(name);
      first ??= table;
      differs ||= headOf(table) !== headOf(first);
    }
    const { name: archive } = this.source;
    if (first === null)
      throw new AppError("BAD_INPUT", `${archive} holds no table file${this.options.table ? ` called '${this.options.table}'` : ""}.`);
    if (!differs) return first;
    const shown = names.slice(0, MOST_SHOWN).join(", ") + (names.length > MOST_SHOWN ? `, ... (${names.length} files)` : "");
    throw new AppError(
      "BAD_INPUT",
      `${archive} holds tables of several kinds: ${shown}. Choose by --table with the beginning of their names.`,
    );
  }

  async *batches(): AsyncGenerator<readonly (readonly Cell[])[]> {
    await this.source.tell();
    for await (const { table } of this.tables()) yield* table.batches;
  }
}

/**
 * Opens the tables of a zip or tar archive as one: those that DataLink serves have a file a source, all with the same columns.
 *
 * @param within the archive that this one is a member of, which is refused
 * @throws AppError BAD_INPUT if it is damaged, too large, or holds tables of several kinds
 */
export async function openArchive(
  source: TableSource,
  kind: ArchiveKind,
  within: ArchiveKind | null,
  options: OpenOptions,
  open: OpenMember,
): Promise<TableStream> {
  if (within !== null) throw new AppError("BAD_INPUT", `${source.name} is an archive within an archive. Unpack the outer one.`);
  const archive = new ArchiveTables(source, kind, options, open);
  const { format, columns } = await archive.first();
  return { format, columns, batches: archive.batches() };
}
