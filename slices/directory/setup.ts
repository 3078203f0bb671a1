/** Setting an institution up: its name and words, how far it is, offices as rosters hint at them. */
import type { Tx } from '#kernel/database.ts'
import { newId } from '#kernel/ids.ts'
import { updateInstitution } from '#kernel/institutions.ts'
import { badInput, notFound } from '#kernel/problems.ts'
import { implement, type Institution } from '#kernel/server.ts'
import * as contract from './contract.ts'
import { upsertOffices } from './queries-roster.ts'
import * as q from './queries-setup.ts'
import { roles, type Role, type RoleName } from './rules.ts'
import type { Vocabulary } from './vocabularies.ts'
import { listedWords, officeNames, roleNames, spoken, type OwnWord } from './wording.ts'

/** The vocabulary as this institution speaks it. */
export async function vocabularyFor(tx: Tx, institution: Institution): Promise<Vocabulary> {
  return spoken(institution.vocabulary, await q.ownWords(tx, institution.id))
}
/** What the pages need to say the institution's words: those that differ, and every title of an office in both languages. */
export async function ownNames(tx: Tx, institution: Institution) {
  const own = await q.ownWords(tx, institution.id)
  const of = (kind: OwnWord['kind']) => Object.fromEntries(own.filter((word) => word.kind === kind).map(({ key, zh, en }) => [key, { zh, en }]))
  const vocabulary = spoken(institution.vocabulary, own)
  return { vocabulary, words: { unit: of('unit'), person: of('person'), office: officeNames(vocabulary), role: roleNames(institution.vocabulary, own) } }
}

const clean = (text: string) => text.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').trim().toWellFormed()

export const setupCalls = [
  implement(contract.setInstitution, async (ctx, input) => {
    const { tx, institution } = ctx
    const name = clean(input.name)
    if (name.length < 2) throw badInput('请写明单位名称。', 'Name the institution.')
    if (!(await q.isTimeZone(tx, input.timeZone))) throw badInput(`没有“${input.timeZone}”这个时区，如 Asia/Shanghai。`, `There is no time zone "${input.timeZone}"; for example Asia/Shanghai.`)
    await updateInstitution(tx, institution.id, { name, timeZone: input.timeZone, settings: { language: input.language } })
    const rootNames = (of: string) => ({ admin: of, party: `中共${of}委员会`, residence: `${of}住宿区` })
    const [before, after] = [rootNames(institution.name), rootNames(name)]
    await q.renameRoots(tx, institution.id, (['admin', 'party', 'residence'] as const).map((tree) => ({ tree, before: before[tree], after: after[tree] })))
    ctx.log({ detail: { name: name !== institution.name, timeZone: input.timeZone, language: input.language } })
    return {}
  }),

  implement(contract.vocabulary, async ({ tx, institution }) => {
    const own = await q.ownWords(tx, institution.id)
    const { name, politicalStatus, offices } = spoken(institution.vocabulary, own)
    return {
      key: institution.vocabulary, name, politicalStatus, language: institution.language ?? 'zh-Hans', words: listedWords(institution.vocabulary, own), offices,
      ownOffices: own.some((word) => word.kind === 'office'), changed: countChanged(own),
    }
  }),

  implement(contract.setVocabulary, async (ctx, input) => {
    const { tx, institution } = ctx
    const known = new Map(listedWords(institution.vocabulary, []).map((word) => [`${word.kind} ${word.key}`, word]))
    const own: OwnWord[] = []
    for (const { kind, key, zh, en } of input.words) {
      const word = known.get(`${kind} ${key}`)
      if (!word) throw badInput(`用语里没有“${key}”。`, `The vocabulary has no "${key}".`)
      const said = { zh: clean(zh), en: clean(en) }
      if (!said.zh || !said.en) throw badInput(`“${word.given.zh}”的名称不能为空。`, `The name for "${word.given.en}" cannot be empty.`)
      if (said.zh !== word.given.zh || said.en !== word.given.en) own.push({ kind, key, ...said, role: null })
    }
    const titles = new Set<string>()
    for (const office of input.offices ?? []) {
      const title = clean(office.title)
      if (!title || !(office.role in roles)) throw badInput(`职务“${office.title}”没有写全。`, `The office "${office.title}" is not complete.`)
      if (titles.has(title)) throw badInput(`职务“${title}”写了两次。`, `The office "${title}" is there twice.`)
      titles.add(title)
      own.push({ kind: 'office', key: title, zh: title, en: clean(office.en) || title, role: office.role })
    }
    await q.replaceWords(tx, institution.id, own)
    const changed = countChanged(own)
    ctx.log({ detail: { words: changed } })
    return { changed }
  }),

  implement(contract.setup, async ({ tx, institution, now }) => {
    const own = await q.ownWords(tx, institution.id)
    const { trees } = spoken(institution.vocabulary, own)
    const counts = await q.setupCounts(tx, institution.id, now)
    const held = new Map((await q.holdersByRole(tx, institution.id, now)).map((one) => [one.role, one.holders]))
    const imports = await q.listRosterImports(tx, institution.id, 20)
    return {
      ...counts, language: institution.language ?? 'zh-Hans', wordsChanged: countChanged(own),
      units: Object.entries(trees).map(([tree, name]) => ({ tree: tree as 'admin', name, units: counts.units.find((one) => one.tree === tree)?.units ?? 0 })),
      hints: await q.countHints(tx, institution.id, now), unanswered: await q.countUnanswered(tx, institution.id, now),
      keepers: wholeRoles.map((role) => ({ role, holders: held.get(role) ?? 0 })),
      waiting: imports.filter((one) => one.state !== 'applied' && one.state !== 'refused').slice(0, 5).map(({ importId, fileName, state }) => ({ importId, fileName, state })),
    }
  }),

  implement(contract.officeHints, async (ctx, { most = 500 }) => {
    const hints = await q.listHints(ctx.tx, ctx.institution.id, ctx.now, most)
    ctx.looked([...new Set(hints.flatMap((hint) => hint.candidates.map((one) => one.personId)))], 'offices')
    return { total: hints.length < most ? hints.length : await q.countHints(ctx.tx, ctx.institution.id, ctx.now), hints: hints.map(({ unitId: _, ...hint }) => hint) }
  }),

  implement(contract.settleHints, async (ctx, input) => {
    const { tx, institution, now } = ctx
    const open = new Map((await q.listHints(tx, institution.id, now, 100_000)).map((hint) => [keyOf(hint), hint]))
    const chosen = input.appoint.map((one) => ({ one, hint: open.get(keyOf(one)) }))
    // Somebody else may have been at it meanwhile: what is settled stays settled.
    const taken = chosen.filter(({ one, hint }) => hint?.candidates.some((candidate) => candidate.personId === one.personId))
    if (chosen.some(({ one, hint }) => hint && !hint.candidates.some((candidate) => candidate.personId === one.personId))) throw notFound()
    const settled = new Set((await q.settleHints(tx, institution.id, [...taken.map(({ one }) => one), ...input.putAside], now)).map(keyOf))
    const rows = taken.filter(({ one }) => settled.has(keyOf(one)))
    await upsertOffices(tx, institution.id, rows.map(({ one, hint }) => ({ officeId: newId(), unitId: one.unitId, title: one.title, role: hint?.role ?? '', holdingId: newId(), personId: one.personId, capacity: 'holder', from: now.toISOString(), to: null })))
    for (const { one } of rows) ctx.log({ subjectKind: 'person', subjectId: one.personId, detail: { unit: one.unitId, title: one.title, proposed: true } })
    if (!rows.length) ctx.log({ detail: { putAside: input.putAside.length } })
    if (rows.length) ctx.enqueue({ kind: 'directory.changed', key: 'all' })
    return { appointed: rows.length, putAside: input.putAside.filter((one) => settled.has(keyOf(one))).length }
  }),

  implement(contract.roleHolders, async (ctx) => {
    const { tx, institution, now } = ctx
    const named = await q.namedHolders(tx, institution.id, wholeRoles, now)
    const counts = new Map((await q.holdersByRole(tx, institution.id, now)).map((one) => [one.role, one]))
    ctx.looked([...new Set(named.map((one) => one.person.personId))], 'roles')
    return { roles: (Object.keys(roles) as RoleName[]).map((role) => ({ role, offices: counts.get(role)?.offices ?? 0, holders: counts.get(role)?.holders ?? 0, named: named.filter((one) => one.role === role).map(({ role: _, ...one }) => one) })) }
  }),
]

const wholeRoles = (Object.entries(roles) as [RoleName, Role][]).filter(([, role]) => role.over === 'institution').map(([name]) => name)
const countChanged = (own: readonly OwnWord[]) => own.filter((word) => word.kind !== 'office').length + (own.some((word) => word.kind === 'office') ? 1 : 0)
const keyOf = ({ unitId, unit, title, number, name }: { unitId?: string; unit?: { unitId: string }; title: string; number: string; name: string }) => [unitId ?? unit?.unitId, title, number, name].join('\u0000')
