import type { Database } from "../../src/database/database";
import type { Services } from "../../src/graphql/services";

export interface HeldBack {
  readonly held: Services;
  /** Lets all statements go, also those to come. */
  letGo(): void;
  /** Resolves once so many statements have been asked for. */
  asked(statements?: number): Promise<void>;
  statements(): number;
}

/** Services whose statements wait until they are let go. */
export function heldBack(services: Services): HeldBack {
  let letGo = () => {};
  let statements = 0;
  const waiting: { readonly statements: number; readonly resolve: () => void }[] = [];
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const hold = async () => {
    statements++;
    for (const one of waiting) if (one.statements <= statements) one.resolve();
    await gate;
  };
  const { query, prepared } = services.database;
  const database: Database = {
    ...services.database,
    query: async (...statement) => hold().then(() => query(...statement)) as never,
    prepared: async (...statement) => hold().then(() => prepared(...statement)) as never,
  };
  const asked = (wanted = 1) =>
    new Promise<void>((resolve) => {
      if (statements >= wanted) resolve();
      else waiting.push({ statements: wanted, resolve });
    });
  return { held: { ...services, database }, letGo, asked, statements: () => statements };
}
