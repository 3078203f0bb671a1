/** How people and units stand in answers, as JSON of a row: one spelling for this slice and later ones. */
import { sql, type RawBuilder } from 'kysely'

const json = (alias: string, columns: Record<string, string>): RawBuilder<unknown> =>
  sql`jsonb_build_object(${sql.join(Object.entries(columns).flatMap(([key, column]) => [sql.lit(key), sql.ref(`${alias}.${column}`)]))})`

/** A PersonBrief out of the row of `directory.person` with this alias. */
export const personBriefOf = (alias: string): RawBuilder<unknown> => json(alias, { personId: 'person_id', number: 'number', name: 'name' })
/** A UnitBrief out of the row of `directory.unit` with this alias. */
export const unitBriefOf = (alias: string): RawBuilder<unknown> => json(alias, { unitId: 'unit_id', tree: 'tree', kind: 'kind', name: 'name', parentId: 'parent_id' })
