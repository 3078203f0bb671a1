/** All SQL of cases. */
import { sql, type RawBuilder } from 'kysely'
import type { Static } from 'typebox'
import type { Tx } from '#kernel/database.ts'
import { answeringRoles, rolesWith } from '#slices/directory/rules.ts'
import { personBriefOf, unitBriefOf, type Owner, type PersonBrief, type UnitBrief } from '#slices/directory/server.ts'
import type * as contract from './contract.ts'
import type { CaseKind, CountedFrom, Illness, Step } from './rules.ts'

export type CheckRow = Static<typeof contract.Check>
export type StepRow = Static<typeof contract.CaseStep>
/** What is ordered: from when, how long, where, by which rule. */
export interface Plan {
  kind: CaseKind
  basis: string
  countedFrom: CountedFrom
  fromDay: string
  days: number
  untilDay: string
  place: string
}
export interface CaseRow extends Plan {
  caseId: string
  person: PersonBrief
  unit: UnitBrief | null
  phone: string | null
  illness: Illness
  response: { responseId: string; name: string }
  responseClosed: boolean
  openedAt: string
  openedBy: string | null
  releasedAt: string | null
  releasedBy: string | null
  releaseReason: string | null
  answers: Owner | null
  offered: { person: PersonBrief; officeTitle: string; at: string } | null
  offeredOfficeId: string | null
  lastCheck: CheckRow | null
  /** Days of the institution, from the first on, on which somebody checked. */
  checkedDays: string[]
}

const checkJson = sql`jsonb_build_object('checkId', k.check_id, 'day', k.day, 'at', k.at, 'temperature', k.temperature, 'symptoms', k.symptoms, 'words', k.words, 'by', b.name, 'own', k.own)`
const named = (alias: string, column: string) => sql`left join directory.person ${sql.ref(alias)} on ${sql.ref(`${alias}.institution_id`)} = c.institution_id and ${sql.ref(`${alias}.person_id`)} = ${sql.ref(column)}`

const columns = sql`c.case_id as "caseId", ${personBriefOf('p')} as person, p.phone, case when u.unit_id is not null then ${unitBriefOf('u')} end as unit, c.kind, c.illness, c.basis, c.counted_from as "countedFrom", c.from_day::text as "fromDay", c.days,
  c.until_day::text as "untilDay", c.place, jsonb_build_object('responseId', r.response_id, 'name', r.name) as response, r.closed_at is not null as "responseClosed", c.opened_at as "openedAt", ob.name as "openedBy",
  c.released_at as "releasedAt", rb.name as "releasedBy", c.release_reason as "releaseReason", w.owner as answers,
  case when c.offered_id is not null then jsonb_build_object('person', ${personBriefOf('op')}, 'officeTitle', coalesce(oo.title, ''), 'at', c.offered_at) end as offered, c.offered_office_id as "offeredOfficeId", l.found as "lastCheck",
  array(select distinct k.day::text from health.check_record k where k.institution_id = c.institution_id and k.case_id = c.case_id) as "checkedDays"`
/** Whoever answers is in the office now: the one recorded while they hold it, afterwards its next holder. */
const joined = (now: Date) => sql`health.case_record c
  join directory.person p on p.institution_id = c.institution_id and p.person_id = c.person_id
  join responses.response r on r.institution_id = c.institution_id and r.response_id = c.response_id
  left join directory.membership m on m.institution_id = c.institution_id and m.person_id = c.person_id and m.tree = 'admin'
  left join directory.unit u on u.institution_id = c.institution_id and u.unit_id = m.unit_id
  ${named('ob', 'c.opened_by')} ${named('rb', 'c.released_by')} ${named('op', 'c.offered_id')}
  left join directory.office oo on oo.institution_id = c.institution_id and oo.office_id = c.offered_office_id
  left join lateral (select h.person_id, jsonb_build_object('person', ${personBriefOf('hp')}, 'officeTitle', o.title, 'unit', ${unitBriefOf('ou')}, 'capacity', h.capacity, 'direct', o.role = any(${answeringRoles('direct')}::text[]), 'phone', hp.phone) as owner
    from directory.holding h join directory.office o on o.institution_id = h.institution_id and o.office_id = h.office_id
    join directory.unit ou on ou.institution_id = o.institution_id and ou.unit_id = o.unit_id
    join directory.person hp on hp.institution_id = h.institution_id and hp.person_id = h.person_id and hp.left_at is null
    where h.institution_id = c.institution_id and h.office_id = c.office_id and h.during @> ${now}::timestamptz and h.person_id <> c.person_id
    order by (h.person_id = c.answers_id) desc, h.capacity desc, lower(h.during) limit 1) w on true
  left join lateral (select ${checkJson} as found from health.check_record k left join directory.person b on b.institution_id = k.institution_id and b.person_id = k.by_person
    where k.institution_id = c.institution_id and k.case_id = c.case_id order by k.at desc, k.check_id desc limit 1) l on true`

export async function findCase(tx: Tx, institutionId: string, caseId: string, now: Date): Promise<CaseRow | undefined> {
  return (await sql<CaseRow>`select ${columns} from ${joined(now)} where c.institution_id = ${institutionId} and c.case_id = ${caseId}`.execute(tx)).rows[0]
}
/** Two who act at the same moment act one after the other. */
export async function lockCase(tx: Tx, institutionId: string, caseId: string, now: Date): Promise<CaseRow | undefined> {
  await sql`select from health.case_record where institution_id = ${institutionId} and case_id = ${caseId} for update`.execute(tx)
  return findCase(tx, institutionId, caseId, now)
}

export async function casesOfPerson(tx: Tx, institutionId: string, personId: string, now: Date): Promise<CaseRow[]> {
  return (await sql<CaseRow>`select ${columns} from ${joined(now)} where c.institution_id = ${institutionId} and c.person_id = ${personId} order by c.released_at desc nulls first, c.opened_at desc limit 50`.execute(tx)).rows
}

/** Cases that this person answers for or that nobody in office answers for any more, and those handed over to them. */
export async function casesPerhapsOf(tx: Tx, institutionId: string, personId: string, now: Date): Promise<CaseRow[]> {
  return (
    await sql<CaseRow>`select ${columns} from ${joined(now)} where c.institution_id = ${institutionId} and c.released_at is null
      and (c.offered_id = ${personId} or c.office_id in (select h.office_id from directory.holding h where h.institution_id = ${institutionId} and h.person_id = ${personId} and h.during @> ${now}::timestamptz)
        or not exists (select from directory.holding h where h.institution_id = ${institutionId} and h.office_id = c.office_id and h.during @> ${now}::timestamptz and h.person_id <> c.person_id))
    order by c.until_day, c.opened_at, c.case_id limit 500`.execute(tx)
  ).rows
}

export type Shown = Static<typeof contract.Shown>
const within = (institutionId: string, unitIds: readonly string[]) => sql`(exists (select from directory.membership wm join directory.ancestry wa on wa.institution_id = wm.institution_id and wa.unit_id = wm.unit_id
    where wm.institution_id = ${institutionId} and wm.person_id = c.person_id and wa.ancestor_id = any(${unitIds}::uuid[]))
  or exists (select from directory.unit wu where wu.institution_id = ${institutionId} and wu.unit_id = any(${unitIds}::uuid[]) and wu.parent_id is null and wu.tree = 'admin'))`
const wanted = sql`c.released_at is null and r.closed_at is null`
const checkedOn = (today: string) => sql`exists (select from health.check_record k where k.institution_id = c.institution_id and k.case_id = c.case_id and k.day = ${today}::date)`

function shownAs(show: Shown, today: string, timeZone: string): RawBuilder<unknown> {
  switch (show) {
    case 'open':
      return sql`c.released_at is null`
    case 'to-release':
      return sql`c.released_at is null and (r.closed_at is not null or c.until_day <= ${today}::date)`
    case 'missing':
      return sql`${wanted} and not ${checkedOn(today)}`
    case 'today':
      return sql`(c.opened_at at time zone ${timeZone})::date = ${today}::date`
    case 'released':
      return sql`c.released_at is not null`
  }
}

export interface Filter {
  unitIds: readonly string[]
  show: Shown
  kind: CaseKind | null
  today: string
  timeZone: string
}
export async function listCases(tx: Tx, institutionId: string, { unitIds, show, kind, today, timeZone }: Filter, offset: number, size: number, now: Date): Promise<{ total: number; rows: CaseRow[] }> {
  const where = sql`c.institution_id = ${institutionId} and ${within(institutionId, unitIds)} and ${shownAs(show, today, timeZone)} and (c.kind = ${kind} or ${kind}::text is null)`
  // What waits longest for a person comes first.
  const order = show === 'released' ? sql`c.released_at desc` : show === 'today' ? sql`c.opened_at desc` : show === 'missing' ? sql`(l.found ->> 'at')::timestamptz nulls first` : sql`c.until_day`
  const { rows } = await sql<CaseRow>`select ${columns} from ${joined(now)} where ${where} order by ${order}, c.opened_at, c.case_id limit ${size} offset ${offset}`.execute(tx)
  const total = await sql<{ n: number }>`select count(*)::int as n from health.case_record c join responses.response r on r.institution_id = c.institution_id and r.response_id = c.response_id where ${where}`.execute(tx)
  return { total: total.rows[0]?.n ?? 0, rows }
}

export interface CaseCounts {
  open: number
  toRelease: number
  missing: number
  today: number
  kinds: { kind: CaseKind; n: number }[]
}
export async function countCases(tx: Tx, institutionId: string, unitIds: readonly string[], today: string, timeZone: string): Promise<CaseCounts> {
  const of = (show: Shown) => sql`count(*) filter (where ${shownAs(show, today, timeZone)})::int`
  const found = await sql<{ kind: CaseKind; open: number; toRelease: number; missing: number; today: number }>`select c.kind, ${of('open')} as open, ${of('to-release')} as "toRelease", ${of('missing')} as missing, ${of('today')} as today
    from health.case_record c join responses.response r on r.institution_id = c.institution_id and r.response_id = c.response_id where c.institution_id = ${institutionId} and ${within(institutionId, unitIds)} group by 1`.execute(tx)
  const sum = (key: 'open' | 'toRelease' | 'missing' | 'today') => found.rows.reduce((total, row) => total + row[key], 0)
  return { open: sum('open'), toRelease: sum('toRelease'), missing: sum('missing'), today: sum('today'), kinds: found.rows.map(({ kind, open }) => ({ kind, n: open })) }
}

export async function checksOf(tx: Tx, institutionId: string, caseIds: readonly string[]): Promise<(CheckRow & { caseId: string })[]> {
  return (
    await sql<CheckRow & { caseId: string }>`select k.case_id as "caseId", k.check_id as "checkId", k.day::text as day, k.at, k.temperature::float8 as temperature, k.symptoms, k.words, b.name as by, k.own
    from health.check_record k left join directory.person b on b.institution_id = k.institution_id and b.person_id = k.by_person
    where k.institution_id = ${institutionId} and k.case_id = any(${caseIds}::uuid[]) order by k.at desc, k.check_id desc`.execute(tx)
  ).rows
}
export async function stepsOf(tx: Tx, institutionId: string, caseIds: readonly string[]): Promise<(StepRow & { caseId: string })[]> {
  return (
    await sql<StepRow & { caseId: string }>`select s.case_id as "caseId", s.at, s.action, b.name as by, a.name as "to", s.kind, s.until_day::text as "untilDay", s.words from health.case_step s
    left join directory.person b on b.institution_id = s.institution_id and b.person_id = s.by_person left join directory.person a on a.institution_id = s.institution_id and a.person_id = s.to_person
    where s.institution_id = ${institutionId} and s.case_id = any(${caseIds}::uuid[]) order by s.seq desc`.execute(tx)
  ).rows
}

/** Where the person of each case belongs; an id that does not exist is absent. */
export async function placesOf(tx: Tx, caseIds: string[]): Promise<{ caseId: string; unitIds: string[] }[]> {
  return (
    await sql<{ caseId: string; unitIds: string[] }>`select c.case_id as "caseId", array(select m.unit_id::text from directory.membership m where m.institution_id = c.institution_id and m.person_id = c.person_id) as "unitIds"
    from health.case_record c where c.institution_id = kernel.institution_id() and c.case_id = any(${caseIds}::uuid[])`.execute(tx)
  ).rows
}

const reach = rolesWith('case.act')
export interface Answerer extends Owner {
  officeId: string
}
/** Who may act on cases of this person by an office held now, the nearest first, each person once. */
export async function answerersOf(tx: Tx, institutionId: string, personId: string, now: Date): Promise<Answerer[]> {
  return (
    await sql<Answerer>`with way as (select a.ancestor_id, min(a.distance) as distance from directory.membership m join directory.ancestry a on a.institution_id = m.institution_id and a.unit_id = m.unit_id
      where m.institution_id = ${institutionId} and m.person_id = ${personId} group by 1),
    found as (select distinct on (h.person_id) o.office_id as "officeId", ${personBriefOf('hp')} as person, o.title as "officeTitle", ${unitBriefOf('u')} as unit, h.capacity, o.role = any(${answeringRoles('direct')}::text[]) as direct, hp.phone, w.distance
      from directory.office o left join way w on w.ancestor_id = o.unit_id join directory.unit u on u.institution_id = o.institution_id and u.unit_id = o.unit_id
      join directory.holding h on h.institution_id = o.institution_id and h.office_id = o.office_id and h.during @> ${now}::timestamptz
      join directory.person hp on hp.institution_id = h.institution_id and hp.person_id = h.person_id and hp.left_at is null
      where o.institution_id = ${institutionId} and h.person_id <> ${personId} and (o.role = any(${reach.institution}::text[]) or (o.role = any(${reach.subtree}::text[]) and w.ancestor_id is not null))
      order by h.person_id, w.distance nulls last)
    select "officeId", person, "officeTitle", unit, capacity, direct, phone from found order by distance nulls last, direct desc, capacity desc limit 100`.execute(tx)
  ).rows
}

// ── Writes ───────────────────────────────────────────────────────────────────────────────────────
export interface NewCase extends Plan {
  caseId: string
  personId: string
  responseId: string
  illness: Illness
  answersId: string
  officeId: string
  by: string | null
}
/** False where the person has an open case already, or the id was used: the index decides, not a look before. */
export async function insertCase(tx: Tx, institutionId: string, one: NewCase, now: Date): Promise<boolean> {
  const done = await sql`insert into health.case_record (institution_id, case_id, person_id, response_id, kind, illness, basis, counted_from, from_day, days, until_day, place, answers_id, office_id, opened_at, opened_by)
    values (${institutionId}, ${one.caseId}, ${one.personId}, ${one.responseId}, ${one.kind}, ${one.illness}, ${one.basis}, ${one.countedFrom}, ${one.fromDay}, ${one.days}, ${one.untilDay}, ${one.place}, ${one.answersId}, ${one.officeId}, ${now}, ${one.by})
    on conflict do nothing`.execute(tx)
  return Number(done.numAffectedRows) === 1
}
export async function setPlan(tx: Tx, institutionId: string, caseId: string, plan: Plan): Promise<void> {
  await sql`update health.case_record set kind = ${plan.kind}, basis = ${plan.basis}, counted_from = ${plan.countedFrom}, from_day = ${plan.fromDay}, days = ${plan.days}, until_day = ${plan.untilDay}, place = ${plan.place}
    where institution_id = ${institutionId} and case_id = ${caseId}`.execute(tx)
}
export async function setOffer(tx: Tx, institutionId: string, caseId: string, to: { personId: string; officeId: string } | null, now: Date): Promise<void> {
  await sql`update health.case_record set offered_id = ${to?.personId ?? null}, offered_office_id = ${to?.officeId ?? null}, offered_at = ${to ? now : null} where institution_id = ${institutionId} and case_id = ${caseId}`.execute(tx)
}
/** Whoever it was offered to answers from here on. */
export async function takeOver(tx: Tx, institutionId: string, caseId: string): Promise<void> {
  await sql`update health.case_record set answers_id = offered_id, office_id = offered_office_id, offered_id = null, offered_office_id = null, offered_at = null where institution_id = ${institutionId} and case_id = ${caseId}`.execute(tx)
}
export async function setReleased(tx: Tx, institutionId: string, caseId: string, by: string, reason: string, now: Date): Promise<void> {
  await sql`update health.case_record set released_at = ${now}, released_by = ${by}, release_reason = ${reason}, offered_id = null, offered_office_id = null, offered_at = null where institution_id = ${institutionId} and case_id = ${caseId}`.execute(tx)
}
export async function insertStep(tx: Tx, institutionId: string, step: { caseId: string; action: Step; by: string | null; to?: string | null; kind: CaseKind; untilDay: string; words: string }, now: Date): Promise<void> {
  await sql`insert into health.case_step (institution_id, case_id, at, action, by_person, to_person, kind, until_day, words)
    values (${institutionId}, ${step.caseId}, ${now}, ${step.action}, ${step.by}, ${step.to ?? null}, ${step.kind}, ${step.untilDay}, ${step.words})`.execute(tx)
}
export interface NewCheck {
  checkId: string
  caseId: string
  day: string
  at: string
  temperature: number | null
  symptoms: readonly string[]
  words: string
  by: string | null
  own: boolean
}
/** False where it was stored before. */
export async function insertCheck(tx: Tx, institutionId: string, one: NewCheck, now: Date): Promise<boolean> {
  const done = await sql`insert into health.check_record (institution_id, check_id, case_id, day, at, recorded_at, temperature, symptoms, words, by_person, own)
    values (${institutionId}, ${one.checkId}, ${one.caseId}, ${one.day}, ${one.at}, ${now}, ${one.temperature}, ${[...one.symptoms]}::text[], ${one.words}, ${one.by}, ${one.own}) on conflict do nothing`.execute(tx)
  return Number(done.numAffectedRows) === 1
}
