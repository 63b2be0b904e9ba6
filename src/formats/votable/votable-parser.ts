import { SaxesParser } from "saxes";
import { AppError } from "../../errors";
import type { Cell } from "../table";
import { Base64Decoder } from "./base64";
import { FieldList } from "./field-list";
import { localName } from "./list-tables";
import { QueryStatus } from "./query-status";
import { BinaryRows } from "./votable-binary";
import type { Field } from "./votable-field";
import type { VotableOptions } from "./votable-options";
import { readText } from "./votable-text";
import { xmlFault } from "./xml-fault";

/** Limit of the length of an element's text, a comment or a tag, which bounds the memory. */
const MAX_TEXT_CHARS = 1 << 24;
/** VOTABLE, RESOURCE (which may nest), TABLE, DATA, TABLEDATA, TR, TD: real documents stay below ten. */
const MAX_DEPTH = 100;

type Attributes = Readonly<Record<string, string>>;

/** Parses a VOTable document, in pieces, into the fields and rows of one table. */
export class VotableParser {
  /** The table's columns, set when its data begins. */
  fields: readonly Field[] | null = null;
  private readonly xml = new SaxesParser();
  private readonly path: string[] = [];
  private readonly declared: FieldList;
  private readonly status: QueryStatus;
  private rows: Cell[][] = [];
  private row: Cell[] = [];
  private text = "";
  private sinceEvent = 0;
  /** Tables with data before the one that is read, or that follow it (below 0). */
  private tablesBefore: number;
  private announced: number | null = null;
  private taken = 0;
  /** Set inside a STREAM element, whose base64 bypasses the XML parser; the decoder is null where the table is not read. */
  private stream: { readonly base64: Base64Decoder; readonly decoder: BinaryRows | null } | null = null;
  private isOpen = false;

  constructor(
    private readonly file: string,
    { table = 0, acceptOverflow = false }: VotableOptions = {},
  ) {
    this.declared = new FieldList(file);
    this.status = new QueryStatus(file, acceptOverflow);
    this.tablesBefore = table;
    this.xml.on("doctype", () => this.fail("holds a document type declaration, which is refused (entities could hide in it)"));
    this.xml.on("error", (error) => this.fail(xmlFault(error)));
    this.xml.on("xmldecl", ({ encoding = "utf-8" }) => {
      if (!/^(utf-8|utf-16|us-ascii)$/i.test(encoding)) this.fail(`is encoded in ${encoding}; UTF-8 is wanted`);
    });
    this.xml.on("opentag", (tag) => this.open(localName(tag.name), tag.attributes as Attributes));
    this.xml.on("closetag", (tag) => this.close(localName(tag.name)));
    this.xml.on("text", (text) => this.take(text));
    this.xml.on("cdata", (text) => this.take(text));
  }

  push(text: string): void {
    let position = 0;
    while (position < text.length) {
      if (this.stream !== null) {
        const end = text.indexOf("<", position);
        const stop = end === -1 ? text.length : end;
        this.takeBase64(text.slice(position, stop));
        position = stop;
        if (end === -1) return;
      }
      // Outside rows of text, feed the parser one tag at a time, so that a STREAM can be cut out.
      const next = this.path.includes("TABLEDATA") ? -1 : text.indexOf(">", position);
      const stop = next === -1 ? text.length : next + 1;
      this.feed(text.slice(position, stop));
      position = stop;
    }
  }

  /** @throws AppError BAD_INPUT if the document is truncated */
  end(): void {
    if (this.path.length > 0)
      this.fail(
        `is cut off, or not well-formed XML: it ends inside its ${this.path.at(-1)} element, so it is truncated. Download it again`,
      );
    this.xml.close();
  }

  takeRows(): readonly (readonly Cell[])[] {
    const taken = this.rows;
    this.rows = [];
    this.taken += taken.length;
    return taken;
  }

  private feed(piece: string): void {
    this.sinceEvent += piece.length;
    if (this.sinceEvent > MAX_TEXT_CHARS) this.fail("holds an element longer than 16 Mi characters");
    this.xml.write(piece);
  }

  private take(text: string): void {
    this.sinceEvent = 0;
    if (this.stream !== null) this.takeBase64(text);
    else this.text += text;
    if (this.text.length > MAX_TEXT_CHARS) this.fail("holds an element longer than 16 Mi characters");
  }

  private takeBase64(text: string): void {
    const { base64, decoder } = this.stream!;
    if (decoder !== null) for (const row of decoder.push(base64.push(text))) this.rows.push(row);
  }

  private open(name: string, attributes: Attributes): void {
    if (this.path.length === 0 && name !== "VOTABLE") this.fail(`is XML, but a <${name}> and not a VOTABLE`);
    const parent = this.path.at(-1);
    this.path.push(name);
    if (this.path.length > MAX_DEPTH) this.fail(`nests its elements more than ${MAX_DEPTH} deep`);
    this.sinceEvent = 0;
    this.text = "";
    if (name === "INFO") this.status.open(attributes);
    else if (name === "TABLE") this.openTable(attributes);
    else if (name === "FIELD" && parent === "TABLE") this.declared.add(attributes);
    else if (name === "VALUES") this.declared.addValues(attributes, parent === "FIELD");
    else if (name === "DATA") this.openData();
    else if (name === "STREAM") this.openStream(attributes);
    else if (this.isOpen) this.openInData(name, attributes);
  }

  private openTable({ nrows }: Attributes): void {
    this.declared.clear();
    this.announced = nrows !== undefined && /^\d+$/.test(nrows.trim()) ? Number(nrows) : null;
  }

  private openData(): void {
    this.isOpen = this.tablesBefore-- === 0;
    if (!this.isOpen) return;
    if (this.declared.fields.length === 0) this.fail("has a table without columns");
    this.fields = this.declared.fields;
  }

  private openInData(name: string, { encoding }: Attributes): void {
    if (name === "FITS") this.fail("holds its data as FITS, which is not read inside a VOTable; ask the service for BINARY2");
    if (name === "TD" && encoding !== undefined) this.fail("encodes single cells (TD encoding), which is not read");
    if (name === "TR") this.row = [];
  }

  private openStream({ encoding, href }: Attributes): void {
    const base64 = new Base64Decoder(this.file);
    if (!this.isOpen) {
      this.stream = { base64, decoder: null };
      return;
    }
    if (href !== undefined) this.fail("keeps its data in another file (STREAM href), which is not fetched");
    if (encoding !== "base64") this.fail(`encodes its stream as '${encoding ?? ""}'; base64 is wanted`);
    this.stream = { base64, decoder: new BinaryRows(this.declared.fields, this.path.includes("BINARY2"), this.file) };
  }

  private close(name: string): void {
    this.path.pop();
    this.sinceEvent = 0;
    if (name === "INFO") this.status.close(this.text);
    else if (name === "STREAM") this.closeStream();
    else if (name === "DATA") this.closeData();
    else if (name === "DESCRIPTION" && this.path.at(-1) === "FIELD") this.declared.describe(this.text);
    else if (name === "TD" && this.isOpen) this.closeCell();
    else if (name === "TR" && this.isOpen) this.closeRow();
  }

  private closeCell(): void {
    const { fields } = this.declared;
    const field = fields[this.row.length];
    if (field === undefined) this.fail(`has a row of more than ${fields.length} cells`);
    this.row.push(readText(field, this.text, this.file));
  }

  private closeRow(): void {
    const { length } = this.declared.fields;
    if (this.row.length !== length) this.fail(`has a row of ${this.row.length} cells for ${length} columns`);
    this.rows.push(this.row);
  }

  private closeStream(): void {
    const { base64, decoder } = this.stream!;
    if (decoder !== null) {
      for (const row of decoder.push(base64.end())) this.rows.push(row);
      decoder.end();
    }
    this.stream = null;
  }

  private closeData(): void {
    const rows = this.taken + this.rows.length;
    if (this.isOpen && this.announced !== null && rows < this.announced)
      this.fail(`announces ${this.announced} rows and holds ${rows}: it is a part of a result. Download it again`);
    this.isOpen = false;
  }

  private fail(fault: string): never {
    throw new AppError("BAD_INPUT", `${this.file} ${fault}.`);
  }
}
