import type { Context } from '#kernel/server.ts'
import { listAttributes } from '#slices/facts/server.ts'
import { fieldTypes, type Engine } from './queries.ts'

/** What the computation of standings needs to know of the institution. */
export async function engineOf(ctx: Pick<Context, 'tx' | 'institution'>): Promise<Engine> {
  return { institutionId: ctx.institution.id, timeZone: ctx.institution.timeZone, types: fieldTypes(await listAttributes(ctx.tx, ctx.institution.id)) }
}
