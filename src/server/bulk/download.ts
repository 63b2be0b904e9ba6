import { pipeline, Readable } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Piece } from "../../catalogue/bulk/pieces";
import { BULK_STATEMENT_MS } from "../../database/database";
import { AppError } from "../../errors";
import { TABLE_FORMATS, type TableFormatName } from "../../formats/table-formats";
import { chooseEncoding, type Encoding } from "./compression";
import type { Pace } from "./pace";

/** A client that takes nothing for so long is given up [ms]: longer than a statement may keep it waiting. */
const STALL_MS = BULK_STATEMENT_MS + 60_000;

/** Without chunks (HTTP/1.0) the end of a file and a broken connection look alike. */
export function requireChunks(request: FastifyRequest): void {
  if (request.raw.httpVersion === "1.0") throw new AppError("BAD_INPUT", "A download needs HTTP/1.1 or newer.");
}

/** [byte] Pieces are sent in steps of this size, after each of which the client's pace is measured. */
const STEP = 256 * 1024;

/** Sends the pieces at the client's pace and remembers the last star that was sent completely. */
class Source {
  last: bigint | null = null;

  constructor(
    private readonly begun: readonly Piece[],
    private readonly rest: AsyncGenerator<Piece, void>,
    private readonly pace: Pace,
  ) {}

  private async *pieces(): AsyncGenerator<Piece> {
    yield* this.begun;
    yield* this.rest;
  }

  async *bytes(): AsyncGenerator<Uint8Array> {
    for await (const { bytes, last } of this.pieces()) {
      this.last = last;
      this.pace.waits();
      for (let start = 0; start < bytes.length; start += STEP) {
        const step = bytes.subarray(start, start + STEP);
        yield step;
        this.pace.moved(step.length);
      }
      this.pace.rests();
    }
  }
}

/** @returns the file's head and its first rows: what fails until then can be answered as an error */
async function begin(pieces: AsyncGenerator<Piece, void>): Promise<Piece[]> {
  const begun = [await pieces.next(), await pieces.next()];
  return begun.flatMap(({ done, value }) => (done ? [] : [value as Piece]));
}

const LAST_STAR = "asterism-last-source-id";

/** Takes back what was said of a file, for an answer that is an error instead. */
export function forgetDownload(reply: FastifyReply): void {
  reply.removeTrailer(LAST_STAR);
  for (const name of ["content-disposition", "content-encoding", "asterism-order", "etag", "cache-control"]) reply.removeHeader(name);
}

/** @returns how the file is compressed for this client; null: as it is */
export function downloadEncoding(request: FastifyRequest, format: TableFormatName): Encoding | null {
  return TABLE_FORMATS[format].compressed ? null : chooseEncoding(request.headers["accept-encoding"]);
}

export interface Download {
  /** of the file, without its ending */
  readonly name: string;
  readonly format: TableFormatName;
  readonly encoding: Encoding | null;
  /** of the rows: by id, so that a download can be gone on with, or as the client's own file */
  readonly order: "source_id" | "object_id" | "input";
  /** of the client */
  readonly pace: Pace;
}

/**
 * Answers with a table file as it is made, at the client's pace. Whatever fails on the way destroys the connection:
 * the last chunk of the transfer is missing then, so that no client takes the beginning for the whole.
 */
export async function sendTable(
  request: FastifyRequest,
  reply: FastifyReply,
  pieces: AsyncGenerator<Piece, void>,
  { name, format, encoding, order, pace }: Download,
): Promise<FastifyReply> {
  const source = new Source(await begin(pieces), pieces, pace);
  const { mediaType, extension } = TABLE_FORMATS[format];
  reply.raw.setTimeout(STALL_MS, () => reply.raw.destroy());
  reply
    .header("content-type", mediaType)
    .header("content-disposition", `attachment; filename="${name}.${extension}"`)
    .header("vary", "accept-encoding")
    .header("asterism-order", order);
  if (order === "source_id") reply.trailer(LAST_STAR, async () => String(source.last ?? ""));
  const bytes = Readable.from(source.bytes(), { objectMode: false });
  if (!encoding) return reply.send(bytes);
  reply.header("content-encoding", encoding.name);
  const body = pipeline(bytes, encoding.create(), (error) => {
    if (error) request.log.debug({ err: error }, "a download ended early");
  });
  return reply.send(body);
}
