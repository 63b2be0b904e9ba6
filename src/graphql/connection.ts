/** An edge of any connection: what it leads to, and its place in the order. */
interface Edge {
  readonly cursor: string;
  readonly node: unknown;
}

/** What the page of a Relay connection has besides its edges, from the edges themselves. */
export function connectionOf<One extends Edge>(edges: One[], hasNextPage: boolean, after: string | null | undefined) {
  const pageInfo = {
    hasNextPage,
    hasPreviousPage: after != null,
    get startCursor() {
      return edges.at(0)?.cursor ?? null;
    },
    get endCursor() {
      return edges.at(-1)?.cursor ?? null;
    },
  };
  return { edges, nodes: edges.map((edge): One["node"] => edge.node), pageInfo };
}
