import type { FastifyReply } from "fastify";
import type { Database } from "../../database/database";
import { AppError } from "../../errors";
import type { Services } from "../../graphql/services";
import { networkOf } from "../client/network";
import { whenClosed } from "../when-closed";
import type { Pace } from "./pace";
import { Places } from "./places";
import { Turns } from "./turns";
import { Uploads } from "./uploads";

/** Statements at once. Each takes a database connection and a share of a processor. */
const STATEMENTS = 4;

/** Uploaded files that are read at once, each in its own thread; a hostile file can keep its thread busy for a minute. */
const READINGS = 2;

/**
 * The limits that all bulk routes share. A transfer holds one of many places as long as it is open, and takes one of few turns for
 * each piece of work that needs a processor or a connection.
 */
export class Bulk {
  readonly uploads = new Uploads();
  /** for reading uploaded files */
  readonly reading: Turns;
  private readonly statements: Turns;
  private readonly places: Places;

  /**
   * @param running null while the server cannot serve
   * @param now a monotonic clock [ms]
   */
  constructor(
    private readonly running: () => Services | null,
    now: () => number,
  ) {
    this.reading = new Turns(READINGS, now);
    this.statements = new Turns(STATEMENTS, now);
    this.places = new Places(now);
  }

  /** @returns services whose bulk reads wait for their turn @throws AppError OVERLOADED while the server cannot serve */
  services(): Services {
    const services = this.running();
    if (!services) throw new AppError("OVERLOADED", "The server is starting or shutting down. Try again in a moment.");
    return { ...services, database: this.inTurns(services.database) };
  }

  /**
   * Takes a place until the response has ended. It asks the database nothing, so refusing is cheap.
   *
   * @throws AppError OVERLOADED if no place is free, or statements have to wait for long
   */
  takePlace(reply: FastifyReply): Pace {
    this.statements.requireSoon();
    const { request } = reply;
    // A client that has disconnected has no address.
    const { pace, leave } = this.places.take(networkOf(request.ip ?? ""), () => {
      request.log.info("a slow transfer was broken off to make room for another");
      request.raw.socket.destroy();
    });
    whenClosed(reply, leave);
    return pace;
  }

  /** Runs a short query in its turn, without a place. @throws AppError OVERLOADED if statements have to wait for long */
  async ask<T>(signal: AbortSignal, question: () => Promise<T>): Promise<T> {
    this.statements.requireSoon();
    return this.statements.take(signal, question);
  }

  /** Runs a statement of a transfer in its turn; nothing that takes a turn itself may run within. */
  statement<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    return this.statements.take(signal, work);
  }

  private inTurns(database: Database): Database {
    return {
      ...database,
      keepsOthersWaiting: database.engine === "embedded",
      bulkCopy: (sql, format, signal) => this.statements.take(signal, () => database.bulkCopy(sql, format, signal)),
    };
  }
}
