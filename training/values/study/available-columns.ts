import type { Mapping } from "../../../src/catalogue/ingest/mapping";
import { AppError } from "../../../src/errors";
import type { RawColumn } from "../expressions/raw-column";
import { STELLAR_RAW_COLUMNS } from "../expressions/stellar-columns";
import { type MappedColumn, mappedColumns } from "./mapped-table";
import type { Study } from "./study";

/** A raw column that a study's expressions may read, and where a table has it. */
export interface AvailableColumn extends RawColumn {
  /** what the mapping calls it; the catalogue's columns are their own source */
  readonly source: string;
}

const catalogueColumn = (name: string): RawColumn | undefined => STELLAR_RAW_COLUMNS.find((column) => column.name === name);

/** @throws AppError BAD_INPUT if a study takes a mapping's column for one of the catalogue that has another unit */
function asCatalogueColumn(ours: string, column: MappedColumn): AvailableColumn {
  const known = catalogueColumn(ours);
  if (known === undefined) {
    const names = STELLAR_RAW_COLUMNS.map(({ name }) => name).join(", ");
    throw new AppError("BAD_INPUT", `The study's columns name '${ours}', which is no raw column of the catalogue. There are: ${names}.`);
  }
  if (known.unit !== column.unit)
    throw new AppError(
      "BAD_INPUT",
      `The study takes '${column.name}' for ${ours}, which is in ${known.unit}; the mapping says ${column.unit}. Convert it, or give it a name of its own.`,
    );
  return { ...known, source: column.name };
}

/** The columns of a mapping: those that the study says are the catalogue's own, the others under the mapping's names. */
function columnsOfMapping({ columns, extinction, gaps }: Study, mapping: Mapping): AvailableColumn[] {
  const mapped = mappedColumns(mapping);
  const ours = new Map([...columns].map(([our, their]) => [their, our]));
  const lacking = [...columns.values()].filter((their) => !mapped.some(({ name }) => name === their));
  if (lacking.length > 0) {
    const has = mapped.map(({ name }) => name).join(", ");
    throw new AppError(
      "BAD_INPUT",
      `The study's columns name ${lacking.join(", ")}; the mapping of '${mapping.catalogue.name}' has ${has}.`,
    );
  }
  const groups = new Map([...(gaps.groups ?? [])].flatMap(([group, members]) => members.map((name) => [name, group] as const)));
  return mapped.map((column) => {
    const our = ours.get(column.name);
    if (our !== undefined) return asCatalogueColumn(our, column);
    const { name, unit, description } = column;
    const error = mapped.some((other) => other.name === `${name}Error`) ? `${name}Error` : undefined;
    const value = name.endsWith("Error") ? name.slice(0, -"Error".length) : name;
    return {
      name,
      unit,
      description,
      aliases: [],
      error,
      extinction: extinction.get(name),
      group: groups.get(value) ?? value,
      source: name,
    };
  });
}

/** @returns every raw column that a study's expressions may read */
export function availableColumns(study: Study, mapping: Mapping | null): AvailableColumn[] {
  if (mapping !== null) return columnsOfMapping(study, mapping);
  return STELLAR_RAW_COLUMNS.map((column) => ({ ...column, source: column.name }));
}
