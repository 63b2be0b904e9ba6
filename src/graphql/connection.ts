/** An edge of any connection: a node and its cursor. */
interface Edge {
  readonly cursor: string;
  readonly node: unknown;
}

/**
 * A page of a Relay connection. Edges are created only if the query selects them, because writing a cursor takes longer
 * than writing its star, and most queries want only the nodes and the last cursor.
 */
export class Connection<One extends Edge> {
  /** @param edge creates the edge of the node at an index of the page */
  constructor(
    readonly nodes: One["node"][],
    private readonly edge: (index: number) => One,
    private readonly hasNextPage: boolean,
    private readonly after: string | null | undefined,
  ) {}

  get edges(): One[] {
    return this.nodes.map((_node, index) => this.edge(index));
  }

  get pageInfo() {
    const last = this.nodes.length - 1;
    return {
      hasNextPage: this.hasNextPage,
      hasPreviousPage: this.after != null,
      startCursor: last < 0 ? null : this.edge(0).cursor,
      endCursor: last < 0 ? null : this.edge(last).cursor,
    };
  }
}
