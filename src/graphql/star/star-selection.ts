import {
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  getNamedType,
  isLeafType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from "graphql";
import { STAR_COLUMNS, type StarColumn } from "../../catalogue/star";
import { EVERY_STAR_COLUMN, type StarColumnSet, type StarPart, starColumnSet } from "../../catalogue/stars-by-ids";
import type { StarLoaders } from "../loading/star-loaders";
import { type StarField, starFieldOf } from "./star-field";

const STAR = "Star";
const IDENTITY = ["__typename", "release", "sourceId"];

/** What a query asks of the stars below one of its fields. */
interface StarSelection {
  readonly columns: StarColumnSet;
  readonly loads: readonly NonNullable<StarField["load"]>[];
}

type Info = Pick<GraphQLResolveInfo, "fieldNodes" | "returnType" | "schema" | "fragments">;

/** Walks the selections below a field down to the stars. Its time is bounded by the cost limit, which counts the same. */
class Walk {
  private readonly columns = new Set<StarColumn>();
  private readonly loads = new Set<NonNullable<StarField["load"]>>();
  private wantsEveryColumn = false;

  constructor(private readonly info: Info) {}

  /** @param certain whether no @skip or @include stands above: only then is something loaded ahead */
  below(type: GraphQLOutputType, set: SelectionSetNode | undefined, certain: boolean): void {
    const named = getNamedType(type);
    if (!set || isLeafType(named)) return;
    // Which stars a selection on an interface or a union would mean is not worked out.
    if (isObjectType(named)) this.within(named, set, certain);
    else this.wantsEveryColumn = true;
  }

  result(): StarSelection {
    return { columns: this.wantsEveryColumn ? EVERY_STAR_COLUMN : starColumnSet(this.columns), loads: [...this.loads] };
  }

  private within(type: GraphQLObjectType, set: SelectionSetNode, certain: boolean): void {
    for (const selection of set.selections) {
      const sure = certain && !selection.directives?.length;
      if (selection.kind === Kind.FIELD) this.field(type, selection, sure);
      else {
        const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? this.info.fragments[selection.name.value] : selection;
        const condition = fragment?.typeCondition && this.info.schema.getType(fragment.typeCondition.name.value);
        this.below((condition ?? type) as GraphQLOutputType, fragment?.selectionSet, sure);
      }
    }
  }

  private field(type: GraphQLObjectType, node: FieldNode, certain: boolean): void {
    const name = node.name.value;
    const definition = type.getFields()[name];
    if (type.name !== STAR) {
      if (definition) this.below(definition.type, node.selectionSet, certain);
    } else if (name in STAR_COLUMNS) this.columns.add(name as StarColumn);
    else if (!IDENTITY.includes(name)) this.need(starFieldOf(definition?.extensions ?? {}), certain);
  }

  private need(field: StarField | undefined, certain: boolean): void {
    if (!field) this.wantsEveryColumn = true;
    for (const column of field?.reads ?? []) this.columns.add(column);
    if (field?.load && certain) this.loads.add(field.load);
  }
}

/** By the first of a field's nodes, where it is the only one; a node belongs to one document, which Apollo keeps parsed. */
const known = new WeakMap<FieldNode, StarSelection>();

function starSelection(info: Info): StarSelection {
  const [node, ...others] = info.fieldNodes;
  const remembered = others.length === 0 && node ? known.get(node) : undefined;
  if (remembered) return remembered;
  const walk = new Walk(info);
  for (const one of info.fieldNodes) walk.below(info.returnType, one.selectionSet, true);
  const selection = walk.result();
  if (others.length === 0 && node) known.set(node, selection);
  return selection;
}

/**
 * Loads stars and, beside them rather than after them, what the query asks of every star: one round to the database
 * instead of two.
 *
 * @param info of the field below which the stars are answered
 * @returns in the ids' order, of each star the columns that the query asks for; null where there is no such star
 */
export function loadStars(info: Info, loaders: StarLoaders, sourceIds: readonly bigint[]): Promise<(StarPart | null)[]> {
  const { columns, loads } = starSelection(info);
  const stars = loaders.star(columns);
  for (const load of loads) {
    // The field's resolver asks again and tells of a failure; where there is no star, nobody needs to know.
    for (const sourceId of sourceIds) load(loaders, sourceId).catch(() => undefined);
  }
  return Promise.all(sourceIds.map((sourceId) => stars.load(sourceId)));
}
