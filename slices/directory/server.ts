/** The directory's calls, and what later slices may ask of it. */
import type { Static } from 'typebox'
import type { Tx } from '#kernel/database.ts'
import { addInstitution, findInstitution, listInstitutions, updateInstitution, useClaim } from '#kernel/institutions.ts'
import { newId } from '#kernel/ids.ts'
import { badInput, conflict, notFound, Problem, refused } from '#kernel/problems.ts'
import { implement, type Context, type JobHandler } from '#kernel/server.ts'
import * as contract from './contract.ts'
import * as q from './queries.ts'
import * as access from './queries-access.ts'
import { findEnded, findEndedAt, findUnitUse, setEnded } from './queries-ending.ts'
import { findPeople } from './queries-find.ts'
import { roles, selfPermissions, type Role } from './rules.ts'
import { checkPassword, hashCode, hashPassword, newCode, newToken, spendCheck, verifyPassword } from './secrets.ts'
import { hashToken } from '#kernel/handle.ts'
import { localDay } from '#kernel/clock.ts'
import { findingCalls, findingJobs } from './finding.ts'
import { rosterCalls } from './import.ts'
import { rosterFileCalls, rosterFileJobs } from './import-file.ts'
import { pinyinOf } from './names.ts'
import { openNames, purposeOverUnit, reasonCalls } from './reasons.ts'
import { accountCalls } from './accounts.ts'
import { importCalls } from './imports.ts'
import { isTimeZone } from './queries-setup.ts'
import { ownNames, setupCalls } from './setup.ts'
import { vocabularies, vocabularyOf } from './vocabularies.ts'
import { unknownRests } from './unknown-logins.ts'
export { personBriefOf, unitBriefOf } from './queries-shapes.ts'
export { directoryErasables, directoryKept } from './queries-erasing.ts'
export { gatekeeper, things } from './gate.ts'
export { wordOf as rosterWord } from './roster/columns.ts'
export { rolesWith } from './rules.ts'
export { purposeOverSubject, purposeOverUnit, purposeOverUnits } from './reasons.ts'
export { ladder, type Ladder } from './ladder.ts'
export type { Rung } from './queries-ladder.ts'
/** Tables out of whatever people send, and how names are written there, for later slices that take files too. */
export { isIdentityNumber, readName, withoutIdentityNumbers } from './roster/values.ts'
export { decodeSheet } from './roster/decode.ts'

export type Owner = Static<typeof contract.Owner>
export type UnitBrief = Static<typeof contract.UnitBrief>
export type PersonBrief = Static<typeof contract.PersonBrief>
export type OfficeHeld = Static<typeof contract.OfficeHeld>

// ── For later slices ─────────────────────────────────────────────────────────────────────────────
const ownerOf = ({ of: _, ...owner }: q.OwnerRow): Owner => owner

/** Who answers for each person, nearest first, each person once. */
export async function ownersOfPersons(tx: Tx, institutionId: string, personIds: string[], now: Date): Promise<Map<string, Owner[]>> {
  const owners = new Map<string, Owner[]>(personIds.map((id) => [id, []]))
  for (const row of await q.ownersOfPersons(tx, institutionId, personIds, now)) {
    const list = owners.get(row.of)
    if (list && !list.some((owner) => owner.person.personId === row.person.personId)) list.push(ownerOf(row))
  }
  // Within a tree nearest first; across trees those who answer directly first.
  for (const list of owners.values()) list.sort((a, b) => Number(b.direct) - Number(a.direct))
  return owners
}

/** The nearest current holder of an answering office at or above each unit. */
export async function ownersOfUnits(tx: Tx, institutionId: string, unitIds: string[], now: Date): Promise<Map<string, Owner>> {
  return new Map((await q.ownersOfUnits(tx, institutionId, unitIds, now)).map((row) => [row.of, ownerOf(row)]))
}
export async function unitBriefs(tx: Tx, institutionId: string, unitIds: string[]): Promise<Map<string, UnitBrief>> {
  return new Map((await q.findUnits(tx, institutionId, unitIds)).map((unit) => [unit.unitId, unit]))
}
export async function personBriefs(tx: Tx, institutionId: string, personIds: string[]): Promise<Map<string, PersonBrief>> {
  return new Map((await q.findPersons(tx, institutionId, personIds)).map((person) => [person.personId, person]))
}
export async function officesOf(tx: Tx, institutionId: string, personId: string, now: Date): Promise<OfficeHeld[]> {
  return q.officesOf(tx, institutionId, personId, now)
}
export const rootUnits = (tx: Tx, institutionId: string): Promise<UnitBrief[]> => q.roots(tx, institutionId)
export const childUnits = (tx: Tx, institutionId: string, unitId: string): Promise<UnitBrief[]> => q.childrenOf(tx, institutionId, unitId)

const sessionDays = 30
/** Opens sessions for persons and answers their tokens, in order. @param device what the browser says it is */
export async function openSessions(tx: Tx, institutionId: string, personIds: string[], now: Date, days = sessionDays, device?: string): Promise<string[]> {
  const made = personIds.map((personId) => ({ personId, sessionId: newId(), ...newToken(institutionId) }))
  await access.insertSessions(tx, institutionId, made.map(({ hash, ...rest }) => ({ ...rest, tokenHash: hash })), now, new Date(now.getTime() + days * 86_400_000), device?.trim() || null)
  return made.map(({ token }) => token)
}

export const personsByNumber = (tx: Tx, institutionId: string, numbers: string[]): Promise<PersonBrief[]> => q.personsByNumber(tx, institutionId, numbers)
/** Gives a person an account with a password. */
export async function setAccount(tx: Tx, institutionId: string, personId: string, login: string, password: string): Promise<void> {
  await access.upsertAccount(tx, institutionId, { personId, login, passwordHash: await hashPassword(password) })
}

/** Tells later slices that people, units or holdings changed, so that what they computed from them is computed again. */
export function directoryChanged(ctx: Context): void {
  ctx.enqueue({ kind: 'directory.changed', key: 'all' })
}

async function institutionFor(ctx: Context, code: string | undefined): Promise<void> {
  const found = code ? await findInstitution(ctx.tx, { code }) : undefined
  if (found) return ctx.enter(found.id)
  const all = code ? [] : await listInstitutions(ctx.tx)
  const only = all.length === 1 ? all[0] : all.filter((one) => !one.drill).length === 1 ? all.find((one) => !one.drill) : undefined
  if (!only) throw badInput('请先选择单位。', 'Choose the institution first.')
  await ctx.enter(only.id)
}

async function permissionsOf(ctx: Context, personId: string): Promise<string[]> {
  const held = await q.officesOf(ctx.tx, ctx.institution.id, personId, ctx.now)
  return [...new Set([...selfPermissions, ...held.flatMap((office) => (roles as Record<string, Role>)[office.role]?.permissions ?? [])])].toSorted()
}

export const calls = [
  implement(contract.status, async (ctx) => ({
    needsClaim: !((await listInstitutions(ctx.tx)).some((one) => !one.drill)),
    institutions: (await listInstitutions(ctx.tx)).map(({ code, name, drill, language = null }) => ({ code, name, drill, language })),
    vocabularies: Object.entries(vocabularies).map(([key, { name }]) => ({ key, name })),
  })),

  implement(contract.claim, async (ctx, input) => {
    checkPassword(input.password, [input.login, input.adminName, input.code])
    if (!(await useClaim(ctx.tx, hashToken(input.token)))) throw refused('claim-refused', '认领口令不正确或已用过。', 'The claim token is wrong or was used before.')
    const id = newId()
    await ctx.enter(id)
    const timeZone = input.timeZone && (await isTimeZone(ctx.tx, input.timeZone)) ? input.timeZone : 'Asia/Shanghai'
    await addInstitution(ctx.tx, { id, code: input.code, name: input.name, vocabulary: input.vocabulary in vocabularies ? input.vocabulary : 'cn-university', timeZone, drill: false })
    await updateInstitution(ctx.tx, id, { settings: { language: input.language ?? 'zh-Hans' } })
    await ctx.enter(id)
    await foundInstitution(ctx)
    const personId = await addKeeper(ctx, { number: input.login, name: input.adminName })
    await access.upsertAccount(ctx.tx, id, { personId, login: input.login, passwordHash: await hashPassword(input.password) })
    const [token] = await openSessions(ctx.tx, id, [personId], ctx.now, sessionDays, input.device)
    ctx.setSession(token ?? null)
    return { institutionId: id }
  }),

  implement(contract.signIn, async (ctx, input) => {
    await institutionFor(ctx, input.institution)
    const wrong = () => new Problem(422, 'sign-in-refused', '账号或密码不正确。', 'The login or the password is wrong.')
    const rests = () => new Problem(422, 'sign-in-rests', '密码多次输错，请稍后再试。', 'Too many wrong passwords; try again in a while.')
    const account = await access.findAccount(ctx.tx, ctx.institution.id, { login: input.login.trim() })
    if (!account) {
      if (unknownRests(ctx.institution.id, input.login.trim(), ctx.now)) throw rests()
      await spendCheck(input.password)
      throw wrong()
    }
    if (account.lockedUntil && Date.parse(account.lockedUntil) > ctx.now.getTime()) throw rests()
    if (!(await verifyPassword(input.password, account.passwordHash))) {
      const { institution, now } = ctx
      ctx.onRefusal((tx) => access.countFailure(tx, institution.id, account.personId, now))
      throw wrong()
    }
    await access.clearFailures(ctx.tx, ctx.institution.id, account.personId)
    const [token = ''] = await openSessions(ctx.tx, ctx.institution.id, [account.personId], ctx.now, sessionDays, input.device)
    ctx.setSession(token)
    ctx.log({ subjectKind: 'person', subjectId: account.personId })
    return { personId: account.personId, name: account.name, token }
  }),

  implement(contract.redeem, async (ctx, input) => {
    await institutionFor(ctx, input.institution)
    const person = await access.useInvitation(ctx.tx, ctx.institution.id, hashCode(input.code), ctx.now)
    if (!person) throw refused('code-refused', '邀请码不正确、已用过或已过期。请向发放人重新索取。', 'The code is wrong, used or expired; ask for a new one.')
    checkPassword(input.password, [person.number, person.name, input.login ?? ''])
    await access.upsertAccount(ctx.tx, ctx.institution.id, { personId: person.personId, login: input.login?.trim() ?? person.number, passwordHash: await hashPassword(input.password) })
    await access.deleteOtherSessions(ctx.tx, ctx.institution.id, person.personId, null)
    const [token = ''] = await openSessions(ctx.tx, ctx.institution.id, [person.personId], ctx.now, sessionDays, input.device)
    ctx.setSession(token)
    ctx.ping('sessions')
    return { personId: person.personId, name: person.name, token }
  }),

  implement(contract.signOut, async (ctx) => {
    if (ctx.actor.sessionId) await access.deleteSession(ctx.tx, ctx.institution.id, ctx.actor.sessionId)
    ctx.setSession(null)
    ctx.ping('sessions')
    return {}
  }),
  implement(contract.mySessions, async (ctx) => ({ sessions: await access.sessionsOf(ctx.tx, ctx.institution.id, ctx.actor.personId as string, ctx.actor.sessionId, ctx.now) })),
  implement(contract.endMySession, async (ctx, { sessionId }) => {
    if (!(await access.deleteOwnSession(ctx.tx, ctx.institution.id, ctx.actor.personId as string, sessionId))) throw notFound()
    if (sessionId === ctx.actor.sessionId) ctx.setSession(null)
    return {}
  }),

  implement(contract.changePassword, async (ctx, input) => {
    const personId = ctx.actor.personId as string
    const account = await access.findAccount(ctx.tx, ctx.institution.id, { personId })
    if (!account || !(await verifyPassword(input.current, account.passwordHash))) throw refused('sign-in-refused', '当前密码不正确。', 'The current password is wrong.')
    const [person] = await q.findPersons(ctx.tx, ctx.institution.id, [personId])
    checkPassword(input.next, [person?.number ?? '', person?.name ?? '', account.login])
    await access.upsertAccount(ctx.tx, ctx.institution.id, { personId, login: account.login, passwordHash: await hashPassword(input.next) })
    await access.deleteOtherSessions(ctx.tx, ctx.institution.id, personId, ctx.actor.sessionId)
    ctx.ping('sessions')
    return {}
  }),

  implement(contract.me, async (ctx) => {
    const personId = ctx.actor.personId as string
    const { tx, institution, now } = ctx
    const [person] = await q.findPersons(tx, institution.id, [personId])
    const detail = await q.findPersonDetail(tx, institution.id, personId)
    if (!person || !detail) throw notFound()
    const offices = await q.officesOf(tx, institution.id, personId, now)
    const above = await q.unitsAbove(tx, institution.id, offices.map((office) => office.unit.unitId))
    const belongs = await q.unitsOfPersons(tx, institution.id, personId ? [personId] : [])
    const allRoots = await q.roots(tx, institution.id)
    const adminRoot = allRoots.find((unit) => unit.tree === 'admin')
    const said = await ownNames(tx, institution)
    const whole = offices.some((office) => (roles as Record<string, Role>)[office.role]?.over === 'institution')
    const widest = offices.find((office) => (roles as Record<string, Role>)[office.role]?.permissions.includes('coverage.read'))
    return {
      person, kind: detail.kind, now: now.toISOString(),
      institution: { code: institution.code, name: institution.name, drill: institution.drill, timeZone: institution.timeZone, vocabulary: institution.vocabulary, language: institution.language ?? null },
      offices: offices.map((office) => ({ ...office, above: above.get(office.unit.unitId) ?? [] })), units: belongs.map(({ personId: _, ...unit }) => unit), permissions: await permissionsOf(ctx, personId),
      words: said.words,
      trees: Object.entries(said.vocabulary.trees).map(([key, name]) => ({ key: key as 'admin', name })),
      homeUnitId: (whole ? adminRoot?.unitId : widest?.unit.unitId) ?? null,
      owners: (await ownersOfPersons(tx, institution.id, [personId], now)).get(personId) ?? [],
    }
  }),

  implement(contract.units, async (ctx, input) => ({ units: await q.unitNodes(ctx.tx, ctx.institution.id, input.tree, input.under ?? null, input.depth ?? 2, ctx.now) })),

  implement(contract.unit, async (ctx, { unitId }) => {
    const { tx, institution, now } = ctx
    const ancestors = await q.ancestorsOf(tx, institution.id, unitId)
    const unit = ancestors.pop()
    if (!unit) throw notFound()
    return {
      unit, endedAt: await findEndedAt(tx, institution.id, unitId), ancestors, members: await q.countMembers(tx, institution.id, unitId), children: await q.unitNodes(tx, institution.id, unit.tree, unitId, 1, now),
      owner: (await ownersOfUnits(tx, institution.id, [unitId], now)).get(unitId) ?? null, offices: await q.officesAt(tx, institution.id, unitId, now),
    }
  }),

  implement(contract.members, async (ctx, { unitId, page = 1, size = 100 }) => {
    const purpose = await purposeOverUnit(ctx, unitId, 'person.find', 'members')
    const rows = await q.listMembers(ctx.tx, ctx.institution.id, unitId, (page - 1) * size, size)
    ctx.looked(rows.map((row) => row.personId), purpose)
    return { total: await q.countMembers(ctx.tx, ctx.institution.id, unitId), people: rows.map(({ personKind, ...row }) => ({ ...row, kind: personKind })) }
  }),

  implement(contract.saveUnit, async (ctx, input) => {
    const { tx, institution } = ctx
    const kind = vocabularyOf(institution.vocabulary).unitKinds[input.kind]
    if (!kind || kind.tree !== input.tree) throw badInput('这棵树里没有这种组织类型。', 'This tree has no such kind of unit.')
    const [existing] = await q.findUnits(tx, institution.id, [input.unitId])
    if (input.parentId) {
      const [parent] = await q.findUnits(tx, institution.id, [input.parentId])
      if (!parent || parent.tree !== input.tree) throw badInput('上级组织不在同一棵树里。', 'The parent is not in the same tree.')
      if (existing && (await q.isWithin(tx, institution.id, input.parentId, input.unitId))) throw conflict('不能把组织移到自己的下级之下。', 'A unit cannot move below itself.')
    }
    // One of that name that was ended comes back, with its past.
    const ended = existing || !input.parentId ? undefined : await findEnded(tx, institution.id, input.parentId, input.name)
    const unit = { ...input, unitId: ended ?? input.unitId }
    if (ended) await setEnded(tx, institution.id, ended, null)
    if (existing ?? ended) await q.updateUnit(tx, institution.id, unit)
    else await q.insertUnit(tx, institution.id, unit)
    ctx.log({ subjectKind: 'unit', subjectId: unit.unitId })
    directoryChanged(ctx)
    return unit
  }),

  implement(contract.endUnit, async (ctx, { unitId, ended }) => {
    const { tx, institution, now } = ctx
    const use = await findUnitUse(tx, institution.id, unitId, now)
    if (!use) throw notFound()
    if (ended) {
      if (use.root) throw refused('root', '最上级组织不能撤销。', 'The uppermost unit cannot be ended.')
      if (use.members + use.children + use.holders + use.links > 0)
        throw refused('not-empty', `不能撤销：还有 ${use.members} 名成员、${use.children} 个下级组织、${use.holders} 项任职、${use.links} 条联系。请先移走、结束。`, `It cannot be ended: ${use.members} members, ${use.children} units below, ${use.holders} holdings and ${use.links} links are left. Move or end them first.`)
    } else if (use.underEnded) throw refused('under-ended', '它的上级组织已撤销，请先恢复上级。', 'The unit above it was ended; take that back first.')
    if ((use.endedAt !== null) !== ended) await setEnded(tx, institution.id, unitId, ended ? now : null)
    ctx.log({ subjectKind: 'unit', subjectId: unitId, detail: { ended } })
    directoryChanged(ctx)
    return {}
  }),

  implement(contract.saveOffice, async (ctx, input) => {
    if (!(input.role in roles)) throw badInput('没有这种角色。', 'There is no such role.')
    await q.upsertOffice(ctx.tx, ctx.institution.id, input)
    ctx.log({ subjectKind: 'unit', subjectId: input.unitId, detail: { office: input.officeId } })
    directoryChanged(ctx)
    return { officeId: input.officeId }
  }),

  implement(contract.appoint, async (ctx, input) => {
    if (input.to && Date.parse(input.to) <= (input.from ? Date.parse(input.from) : ctx.now.getTime())) throw badInput('任期的结束早于开始。', 'The holding would end before it begins.')
    await q.insertHolding(ctx.tx, ctx.institution.id, { ...input, from: input.from ?? ctx.now, to: input.to ?? null })
    ctx.log({ subjectKind: 'person', subjectId: input.personId, detail: { office: input.officeId, capacity: input.capacity } })
    directoryChanged(ctx)
    // Whom nobody answers for changes again on the day the holding begins and ends.
    for (const at of [input.from, input.to]) if (at) ctx.enqueue({ kind: 'directory.changed', at: new Date(at) })
    return { holdingId: input.holdingId }
  }),

  implement(contract.endHolding, async (ctx, input) => {
    const at = input.at ? new Date(input.at) : ctx.now
    if (!(await q.closeHolding(ctx.tx, ctx.institution.id, input.holdingId, at))) throw notFound()
    ctx.log({ detail: { holding: input.holdingId } })
    directoryChanged(ctx)
    if (input.at) ctx.enqueue({ kind: 'directory.changed', at })
    return {}
  }),

  implement(contract.people, async (ctx, { text, most = 20 }) => {
    const found = await findPeople(ctx.tx, ctx.institution.id, text, ctx.scope, most)
    const { open, closed } = await openNames(ctx, found.map((one) => one.personId), 'person.find')
    for (const [personId, words] of open) ctx.looked([personId], words ? `search: ${words}` : 'search')
    return { people: found.filter((one) => open.has(one.personId)), closed }
  }),

  implement(contract.person, async (ctx, { personId }) => {
    const { tx, institution, now } = ctx
    const detail = await q.findPersonDetail(tx, institution.id, personId)
    if (!detail) throw notFound()
    ctx.looked([personId], 'person')
    const belongs = await q.unitsOfPersons(tx, institution.id, [personId])
    const { kind, sex, grade, major, phone, email, status, leftAt, ...person } = detail
    return {
      person, kind, sex, grade, major, phone, email, status, leftAt,
      units: await Promise.all(belongs.map((unit) => q.ancestorsOf(tx, institution.id, unit.unitId))),
      offices: await q.officesOf(tx, institution.id, personId, now), owners: (await ownersOfPersons(tx, institution.id, [personId], now)).get(personId) ?? [],
      linkedBy: await q.linkedTo(tx, institution.id, personId, now),
    }
  }),

  implement(contract.orphans, async (ctx, { unitId }) => {
    const rows = await q.unownedUnits(ctx.tx, ctx.institution.id, unitId, ctx.now)
    const owners = await ownersOfUnits(ctx.tx, ctx.institution.id, rows.map((row) => row.unitId), ctx.now)
    return { people: rows.reduce((sum, row) => sum + row.members, 0), alone: await q.countAlone(ctx.tx, ctx.institution.id, unitId, ctx.now), units: rows.map(({ above, members, vacant, ...unit }) => ({ unit, above, members, vacant, fallsTo: owners.get(unit.unitId) ?? null })) }
  }),

  implement(contract.link, async (ctx, input) => {
    if (Boolean(input.unitId) === Boolean(input.personId)) throw badInput('请指定一个房间（家庭）或一个人。', 'Name either one unit or one person.')
    await q.insertLink(ctx.tx, ctx.institution.id, { linkId: input.linkId, memberId: input.memberId, unitId: input.unitId ?? null, personId: input.personId ?? null }, ctx.now)
    ctx.log({ subjectKind: 'person', subjectId: input.memberId })
    return { linkId: input.linkId }
  }),
  implement(contract.unlink, async (ctx, input) => {
    if (!(await q.closeLink(ctx.tx, ctx.institution.id, input.linkId, ctx.now))) throw notFound()
    return {}
  }),
  implement(contract.links, async (ctx, input) => {
    const links = await q.linksWithin(ctx.tx, ctx.institution.id, input.unitId, ctx.now)
    ctx.looked(links.flatMap((one) => (one.person ? [one.member.personId, one.person.personId] : [one.member.personId])), 'links')
    return { links }
  }),

  implement(contract.invite, async (ctx, { personIds, days = 7 }) => {
    const expires = new Date(ctx.now.getTime() + days * 86_400_000)
    const made = personIds.map((personId) => ({ personId, code: newCode() }))
    await access.insertInvitations(ctx.tx, ctx.institution.id, made.map(({ personId, code }) => ({ personId, codeHash: hashCode(code) })), expires)
    ctx.log({ detail: { invitations: made.length } })
    return { invitations: made.map((one) => ({ ...one, until: localDay(expires, ctx.institution.timeZone) })) }
  }),

  ...rosterCalls,
  ...rosterFileCalls,
  ...importCalls,
  ...setupCalls,
  ...accountCalls,
  ...reasonCalls,
  ...findingCalls,
]
export const jobs: JobHandler[] = [...rosterFileJobs, ...findingJobs]

/** A new institution's roots: one unit per tree of its vocabulary. */
export async function foundInstitution(ctx: Context): Promise<void> {
  const { trees } = vocabularyOf(ctx.institution.vocabulary)
  const rootKind = { admin: 'school', party: 'committee', residence: 'estate' } as const
  const rootName = { admin: ctx.institution.name, party: `中共${ctx.institution.name}委员会`, residence: `${ctx.institution.name}住宿区` }
  for (const tree of Object.keys(trees) as (keyof typeof rootKind)[]) {
    await q.insertUnit(ctx.tx, ctx.institution.id, { unitId: newId(), tree, parentId: null, kind: rootKind[tree], name: rootName[tree] })
  }
}

/** Visitors from another institution, and the way back: kept with their session. */
export { endSession, homeOf, markVisit, personInSession, type Home } from './queries-visits.ts'

/** The first person of an institution: administrator and duty officer at once, until others are appointed. */
export async function addKeeper(ctx: Context, { number, name }: { number: string; name: string }): Promise<string> {
  const { tx, institution, now } = ctx
  const personId = newId()
  await q.insertPerson(tx, institution.id, { personId, number, name, kind: 'staff', pinyin: pinyinOf(name) })
  const root = (await q.roots(tx, institution.id)).find((unit) => unit.tree === 'admin') as UnitBrief
  await q.insertMembership(tx, institution.id, personId, 'admin', root.unitId, now)
  for (const [title, role] of [['系统管理员', 'administrator'], ['值班员', 'duty-officer']] as const) {
    const officeId = newId()
    await q.upsertOffice(tx, institution.id, { officeId, unitId: root.unitId, title, role })
    await q.insertHolding(tx, institution.id, { holdingId: newId(), officeId, personId, capacity: 'holder', from: now, to: null })
  }
  return personId
}
