/** Reading the journals for those who watch over the handling of personal data. */
import { localDay } from '#kernel/clock.ts'
import { endsOfLog, readLog, type LogFilter } from '#kernel/journals.ts'
import { notFound } from '#kernel/problems.ts'
import { joinRecord } from '#kernel/records.ts'
import { implement, type Context, type JobHandler, type ThingResolver } from '#kernel/server.ts'
import { personsByNumber } from '#slices/directory/server.ts'
import * as contract from './contract.ts'
import * as q from './queries.ts'
import { oddLooks, sameTimes } from './rules.ts'

const dayMs = 86_400_000
const usualDays = 7
const mostRows = 20_000

/** The person of a roster number; null where none is asked for. */
async function personOf(ctx: Context, number: string | undefined): Promise<string | null> {
  if (!number?.trim()) return null
  const [person] = await personsByNumber(ctx.tx, ctx.institution.id, [number.trim()])
  if (!person) throw notFound()
  return person.personId
}
/** The last week where nothing is said. A moment more, so that what happens now is in it. */
function periodOf(ctx: Context, { from, to }: { from?: string; to?: string }): { from: Date; to: Date } {
  const end = to ? new Date(to) : new Date(ctx.now.getTime() + 1000)
  return { from: from ? new Date(from) : new Date(end.getTime() - usualDays * dayMs), to: end }
}
const detailText = (detail: Record<string, unknown>) => Object.entries(detail).map(([key, value]) => `${key}: ${typeof value === 'string' ? value : JSON.stringify(value)}`).join(' · ').slice(0, 400)

/** What was done, with who did it. */
async function eventsOf(ctx: Context, filter: LogFilter, most: number) {
  const { tx, institution } = ctx
  const found = await readLog(tx, institution.id, filter, most)
  const actors = await q.actorsOf(tx, institution.id, found)
  return found.map(({ actorKind: kind, actorId: _, ...entry }, index) => ({ ...entry, detail: detailText(entry.detail), actor: actors[index] ?? { kind, person: null, offices: [] } }))
}

export const calls = [
  implement(contract.looks, async (ctx, input) => {
    const { from, to } = periodOf(ctx, input)
    const personId = await personOf(ctx, input.person)
    // Asking about one person is a look at that person.
    if (personId) ctx.looked([personId], 'log')
    const most = input.most ?? 50
    const until = input.before ? new Date(Math.min(Date.parse(input.before), to.getTime())) : to
    const found = await q.listLooks(ctx.tx, ctx.institution.id, { from, to: until, actorId: await personOf(ctx, input.actor), personId, call: input.call ?? null }, most + 1)
    return { looks: found.slice(0, most), more: found.length > most, from: from.toISOString(), to: to.toISOString() }
  }),
  implement(contract.looksOf, async (ctx, input) => {
    const units = await q.unitsOfLook(ctx.tx, ctx.institution.id, input)
    return { people: units.reduce((sum, one) => sum + one.people, 0), units }
  }),
  implement(contract.events, async (ctx, input) => {
    const most = input.most ?? 50
    const found = await eventsOf(ctx, { ...periodOf(ctx, input), actorId: await personOf(ctx, input.actor), call: input.call ?? null, subjectId: input.subjectId ?? null, before: input.before ?? null }, most + 1)
    return { events: found.slice(0, most), more: found.length > most }
  }),
  implement(contract.odd, async (ctx, { days = 30 }) => {
    const { tx, institution } = ctx
    const to = new Date(ctx.now.getTime() + 1000)
    const from = new Date(to.getTime() - days * dayMs)
    const hours = await q.hoursOfLooks(tx, institution.id, from, to, institution.timeZone)
    const found = oddLooks(hours, await q.repeatedLooks(tx, institution.id, from, to, sameTimes)).slice(0, 200)
    const actors = await q.actorsOf(tx, institution.id, found.map(({ actorId, at }) => ({ actorKind: 'person' as const, actorId, at })))
    return {
      from: from.toISOString(), to: to.toISOString(), actors: new Set(hours.map((one) => one.actorId)).size,
      odd: found.flatMap(({ actorId: _, ...one }, index) => { const actor = actors[index]; return actor ? [{ ...one, actor }] : [] }),
    }
  }),
  implement(contract.head, async (ctx) => ({ ...(await endsOfLog(ctx.tx, ctx.institution.id)), lookedAt: await q.lastLook(ctx.tx, ctx.institution.id), ledger: 'none' as const })),
  implement(contract.exportFile, async (ctx, input) => {
    const { from, to } = periodOf(ctx, input)
    const filter = { from, to, actorId: await personOf(ctx, input.actor), call: input.call ?? null }
    const personId = await personOf(ctx, input.person)
    if (personId) ctx.looked([personId], 'log')
    const who = ({ kind, person, offices }: q.ActorRow) => [person?.number ?? '', person?.name ?? kind, offices.map((one) => one.unit + one.title).join('、')]
    const english = ctx.language === 'en'
    const zone = ctx.institution.timeZone
    const moment = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' })
    const local = (at: string) => moment.format(new Date(at))
    const lines = input.what === 'looks'
      ? (await q.listLooks(ctx.tx, ctx.institution.id, { ...filter, personId }, mostRows + 1)).map((row) => [local(row.at), ...who(row.actor), row.call, row.purpose, String(row.people)])
      : (await eventsOf(ctx, { ...filter, subjectId: null, before: null }, mostRows + 1)).map((row) => [local(row.at), ...who(row.actor), row.call, row.subjectKind ?? '', row.subjectId ?? '', row.detail])
    const header = input.what === 'looks'
      ? english ? [`At (${zone})`, 'Number', 'Who', 'Offices', 'Call', 'Purpose', 'People'] : [`时间（${zone}）`, '学工号', '谁', '职务', '接口', '用途', '人数']
      : english ? [`At (${zone})`, 'Number', 'Who', 'Offices', 'Call', 'About', 'Id', 'Detail'] : [`时间（${zone}）`, '学工号', '谁', '职务', '接口', '对象', '编号', '说明']
    const rows = lines.slice(0, mostRows)
    ctx.log({ detail: { what: input.what, from: from.toISOString(), to: to.toISOString(), rows: rows.length, purpose: input.purpose.trim() } })
    return {
      fileName: `${input.what === 'looks' ? '查看记录' : '操作记录'}-${localDay(ctx.now, ctx.institution.timeZone)}.csv`, rows: rows.length, cut: lines.length > mostRows,
      csv: `\ufeff${[header, ...rows].map((cells) => joinRecord(cells)).join('\r\n')}\r\n`,
    }
  }),
]
export const jobs: JobHandler[] = []
export const things: ThingResolver[] = []
