import { type ASTVisitor, type DocumentNode, GraphQLError, Kind, type SelectionSetNode, type ValidationContext, visit } from "graphql";
import { validationAbortedError } from "graphql/validation/validationAbortedError";
import { QUERY_LIMITS } from "../limits";

/** What makes the comparison of overlapping fields long: each pair of them is compared, and each pair below it. */
interface Overlap {
  /** fields that their selection has already, by the same name in the answer */
  repeats: number;
  /** uses of fragments by name */
  spreads: number;
}

/** Counts the fields of one selection, inline fragments included, which belong to it. */
function countNames({ selections }: SelectionSetNode, names: Set<string>, overlap: Overlap): void {
  for (const selection of selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD) overlap.spreads++;
    else if (selection.kind === Kind.INLINE_FRAGMENT) countNames(selection.selectionSet, names, overlap);
    else {
      const name = (selection.alias ?? selection.name).value;
      if (names.has(name)) overlap.repeats++;
      names.add(name);
    }
  }
}

function overlapOf(document: DocumentNode): Overlap {
  const overlap = { repeats: 0, spreads: 0 };
  visit(document, {
    SelectionSet(set, _key, parent) {
      const isInline = parent && "kind" in parent && parent.kind === Kind.INLINE_FRAGMENT;
      if (!isInline) countNames(set, new Set(), overlap);
    },
  });
  return overlap;
}

/**
 * A rule that refuses queries in which many fields overlap, before graphql-js compares all pairs of them: 700 times the same
 * three fields take it half a second. Ends the validation, as graphql-js does where it gives up itself.
 */
export function overlapLimit(context: ValidationContext): ASTVisitor {
  return {
    Document(document) {
      const { repeats, spreads } = overlapOf(document);
      const { repeats: most, spreads: mostSpreads } = QUERY_LIMITS;
      if (repeats <= most && spreads <= mostSpreads) return;
      const message = `The query repeats ${repeats} fields beside themselves and uses fragments ${spreads} times; ${most} and ${mostSpreads} are the limits. Write each field once.`;
      context.reportError(new GraphQLError(message));
      throw validationAbortedError;
    },
  };
}
