import type { FastifyReply } from "fastify";
import type { Database } from "../../database/database";
import { AppError } from "../../errors";
import type { Services } from "../../graphql/services";
import { whenClosed } from "../when-closed";
import { networkOf } from "./network";
import type { Pace } from "./pace";
import { Places } from "./places";
import { Turns } from "./turns";

/** Statements that are answered at once: each takes a database connection and a share of a processor. */
const STATEMENTS = 4;

/** Uploaded files that are read at once, a thread each: a hostile one keeps its thread busy for a minute. */
const READINGS = 2;

/**
 * What the routes of bulk data share. A transfer has a place as long as it is under way, of which there are many, and
 * takes a turn for what costs a processor or a connection, of which there are few: slow clients wait on nobody's time but
 * their own.
 */
export class Bulk {
  /** of reading uploaded files */
  readonly reading: Turns;
  private readonly statements: Turns;
  private readonly places: Places;

  /**
   * @param running null while the server cannot serve
   * @param now a clock [ms] that never goes back
   */
  constructor(
    private readonly running: () => Services | null,
    now: () => number,
  ) {
    this.reading = new Turns(READINGS, now);
    this.statements = new Turns(STATEMENTS, now);
    this.places = new Places(now);
  }

  /** Services whose long reads wait for their turn. @throws AppError OVERLOADED while the server cannot serve */
  services(): Services {
    const services = this.running();
    if (!services) throw new AppError("OVERLOADED", "The server is starting or shutting down. Try again in a moment.");
    return { ...services, database: this.inTurns(services.database) };
  }

  /**
   * Takes a place until the answer's connection is done with it. Costs no statement, so that refusing is cheap.
   *
   * @throws AppError OVERLOADED where there is none, or it would wait long for its first rows
   */
  takePlace(reply: FastifyReply): Pace {
    this.statements.requireSoon();
    const { request } = reply;
    // A client that is gone has no address any more.
    const { pace, leave } = this.places.take(networkOf(request.ip ?? ""), () => {
      request.log.info("a transfer that hardly moved gave its place to another");
      request.raw.socket.destroy();
    });
    whenClosed(reply, leave);
    return pace;
  }

  /** A short question to the database, in its turn. @throws AppError OVERLOADED where that would be long */
  async ask<T>(signal: AbortSignal, question: () => Promise<T>): Promise<T> {
    this.statements.requireSoon();
    return this.statements.take(signal, question);
  }

  private inTurns(database: Database): Database {
    return {
      ...database,
      bulkCopy: (sql, format, signal) => this.statements.take(signal, () => database.bulkCopy(sql, format, signal)),
    };
  }
}
