import { Ctx, Query, Resolver } from "type-graphql";
import { catalogueStatus } from "../../catalogue/status";
import type { Context } from "../context";
import { StatusType } from "./status.type";

@Resolver()
export class StatusResolver {
  @Query(() => StatusType, {
    description: "What this server is and what it holds.",
    complexity: ({ childComplexity }) => 100 + childComplexity,
  })
  async status(@Ctx() { database, version }: Context): Promise<StatusType> {
    return { version, node: process.version, engine: database.engine, ...(await catalogueStatus(database)) };
  }
}
