import type { Queries } from "../../database/database";
import { AppError } from "../../errors";
import { declaredLabel, labelSpelled } from "../../science/labels";
import type { Catalogue } from "../catalogue";
import { columnsOfLabel, LABEL_COLUMNS, type LabelColumns } from "./label-columns";

/** A label that a catalogue gives. */
export interface CatalogueLabel {
  readonly name: string;
  /** null for a pure number */
  readonly unit: string | null;
  readonly description: string | null;
  /** where its values are: columns of survey_label, or rows of survey_label_value under this id */
  readonly stored: LabelColumns | number;
}

/** Labels of one catalogue among the rows of survey_label_value, by name. */
export async function valueLabelsOf(queries: Queries, catalogueId: number): Promise<CatalogueLabel[]> {
  const rows = await queries.query<{ id: number; name: string; unit: string | null; description: string | null }>(
    "SELECT id, name, unit, description FROM catalogue_label WHERE catalogue_id = $1 ORDER BY name",
    [catalogueId],
  );
  return rows.map(({ id, name, unit, description }) => ({
    name,
    unit,
    description: description ?? declaredLabel(name)?.description ?? null,
    stored: id,
  }));
}

const ofColumns = (columns: LabelColumns): CatalogueLabel => ({ ...columns.label, stored: columns });

/** Every label of which a catalogue has a value: each question is one look into the index of that column. */
export async function labelsOfCatalogue(queries: Queries, catalogueId: number): Promise<CatalogueLabel[]> {
  const given = LABEL_COLUMNS.map(
    ({ value }) => `EXISTS (SELECT FROM survey_label WHERE catalogue_id = $1 AND ${value} IS NOT NULL) AS ${value}`,
  );
  const [has] = await queries.query<Record<string, boolean>>(`SELECT ${given.join(", ")}`, [catalogueId]);
  return [...LABEL_COLUMNS.filter(({ value }) => has?.[value]).map(ofColumns), ...(await valueLabelsOf(queries, catalogueId))];
}

/**
 * Finds labels of a catalogue by their names; a declared label may be spelled as archives do (`FE_H`).
 *
 * @throws AppError NOT_FOUND listing what the catalogue gives
 */
export async function labelsNamed(
  queries: Queries,
  { id, name: catalogue }: Pick<Catalogue, "id" | "name">,
  names: readonly string[],
): Promise<CatalogueLabel[]> {
  const among = new Map((await valueLabelsOf(queries, id)).map((label) => [label.name, label]));
  const find = (name: string): CatalogueLabel | undefined => {
    const declared = labelSpelled(name)?.name ?? name;
    const columns = columnsOfLabel(declared);
    return among.get(name) ?? (columns ? ofColumns(columns) : among.get(declared));
  };
  const found: CatalogueLabel[] = [];
  for (const name of names) {
    const label = find(name);
    if (!label) {
      const given = (await labelsOfCatalogue(queries, id)).map((one) => one.name).join(", ");
      throw new AppError("NOT_FOUND", `The catalogue '${catalogue}' gives no label '${name}'. It gives: ${given || "no label at all"}.`);
    }
    found.push(label);
  }
  return found;
}
