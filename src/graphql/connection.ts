/** An edge of any connection: what it leads to, and its place in the order. */
interface Edge {
  readonly cursor: string;
  readonly node: unknown;
}

/**
 * The page of a Relay connection. Edges, whose cursors take longer to write than their stars, are made where they are
 * asked for: most queries want the nodes and the last cursor.
 */
export class Connection<One extends Edge> {
  /** @param edge makes the edge of a node by its place in the page */
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
