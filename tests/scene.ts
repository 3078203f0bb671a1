/** A small institution on a fresh database behind a real HTTP server, with a named cast. For scenario tests. */
import type { Static, TSchema } from 'typebox'
import { httpClient, type CallOptions, type Client } from '#kernel/client.ts'
import type { Call } from '#kernel/contract.ts'
import { inInstitution } from '#kernel/database.ts'
import { handle, operator, Run, type Kernel } from '#kernel/handle.ts'
import { httpServer } from '#kernel/http.ts'
import { newId } from '#kernel/ids.ts'
import { addInstitution, setClockOffset } from '#kernel/institutions.ts'
import { runDueJobs } from '#kernel/jobs.ts'
import type { Institution } from '#kernel/server.ts'
import type { Language } from '#kernel/words.ts'
import { applyRoster, previewRoster } from '#slices/directory/contract.ts'
import { foundInstitution, openSessions, rootUnits } from '#slices/directory/server.ts'
import { startKernel } from '../entry/start.ts'
import { sql } from 'kysely'
import { freshDatabase, type FreshDatabase } from './postgres.ts'

const students = (klass: string, college: string, from: number, count: number, room: string, branch = '') =>
  Array.from({ length: count }, (_, index) => `2026${from + index},${klass.slice(0, 1)}${'甲乙丙丁戊'[Math.floor(from / 100) % 5]}${'子丑寅卯辰'[index]},${index % 2 ? '女' : '男'},${college},2026,${klass},${index === 0 ? '中共党员' : '共青团员'},1380000${String(from + index).padStart(4, '0')},北校区,1号楼,${room},${index === 0 ? branch : ''},${index === 0 && branch ? '信息学院党总支' : ''}`)

export const studentsCsv = [
  '学号,姓名,性别,学院,年级,班级,政治面貌,手机号,校区,宿舍楼,房间号,党支部,党总支',
  ...students('软件2026-1班', '信息学院', 1001, 5, '101', '学生第一党支部'),
  ...students('软件2026-2班', '信息学院', 1101, 5, '102'),
  ...students('临床2026-1班', '医学院', 2001, 5, '201'),
].join('\n')
export const staffCsv = `工号,姓名,性别,部门,职务,手机号
T001,值甲,男,指挥部办公室,值班员,13800000101
T002,书甲,女,信息学院,书记,13800000102
T003,书乙,男,医学院,书记,13800000103
T004,辅甲,女,信息学院,辅导员,13800000104
T005,辅乙,男,医学院,辅导员,13800000105
T006,学处,女,学生处,处长,13800000106
T007,后勤,男,后勤管理处,处长,13800000107
T008,医生,女,校医院,校医,13800000108
T009,护数,男,信息中心,个人信息保护负责人,13800000109
T010,旧辅,女,信息学院,辅导员,13800000110
T011,代辅,女,信息学院,辅导员,13800000111
T012,组干,男,组织部,组织部干事,13800000112
T013,楼管,男,后勤管理处,楼长,13800000113
T014,管理,男,信息中心,系统管理员,13800000114`
export const officesCsv = `树,组织路径,职务,工号/学号,姓名,起,止,角色
行政,指挥部办公室,值班员,T001,值甲,2020-01-01,,
行政,信息学院,书记,T002,书甲,2020-01-01,,
行政,医学院,书记,T003,书乙,2020-01-01,,
行政,信息学院/2026级/软件2026-1班,辅导员,T004,辅甲,2020-01-01,,
行政,信息学院/2026级/软件2026-2班,辅导员,T010,旧辅,2020-01-01,2021-01-01,
行政,信息学院/2026级/软件2026-1班,辅导员,T011,代辅,2020-01-01,,代理
行政,医学院/2026级/临床2026-1班,辅导员,T005,辅乙,2020-01-01,,
行政,学生处,处长,T006,学处,2020-01-01,,
行政,后勤管理处,处长,T007,后勤,2020-01-01,,
行政,校医院,校医,T008,医生,2020-01-01,,
行政,信息中心,个人信息保护负责人,T009,护数,2020-01-01,,
行政,信息中心,系统管理员,T014,管理,2020-01-01,,
行政,组织部,组织部干事,T012,组干,2020-01-01,,
党组织,信息学院党总支/学生第一党支部,支部书记,20261001,软甲子,2020-01-01,,
住宿,北校区/1号楼,楼长,T013,楼管,2020-01-01,,
住宿,北校区/1号楼/1层,楼层长,20261002,软甲丑,2020-01-01,,`

/** The cast by what they are; numbers as in the roster. */
export const cast = {
  duty: 'T001', secretary: 'T002', otherSecretary: 'T003', counsellor: 'T004', otherCounsellor: 'T005', head: 'T006', logistics: 'T007', doctor: 'T008', dataProtection: 'T009',
  formerCounsellor: 'T010', deputyCounsellor: 'T011', organisation: 'T012', buildingManager: 'T013', administrator: 'T014', student: '20261003', branchSecretary: '20261001', floorHead: '20261002', classmate: '20261004', ownerless: '20261101', stranger: '20262001',
} as const
export type Cast = keyof typeof cast

export interface Scene {
  origin: string
  kernel: Kernel
  institution: Institution
  /** Person ids by roster number, unit ids by name (names are unique here). */
  person(who: Cast | string): string
  unit(name: string): string
  /** The client of one of the cast; `anonymous` has no session. */
  as(who: Cast | 'anonymous' | (string & {})): Client
  /** Signs in somebody who came (again) with a later roster. */
  admit(number: string): Promise<void>
  /** The session token of one of the cast, for a browser's cookie named bulwark. */
  token(who: Cast | (string & {})): string
  /** Runs a call as the operator, in process. */
  operate<I extends TSchema, O extends TSchema>(call: Call<I, O>, input: Static<I>, options?: CallOptions): Promise<Static<O>>
  /** Moves the institution's clock (it is a drill) and runs what fell due. */
  advance(ms: number): Promise<void>
  /** Runs due jobs until none is left. */
  runJobs(): Promise<number>
  now(): Date
  close(): Promise<void>
}

export async function openScene(options: { language?: Language; vocabulary?: string; code?: string; shared?: Scene; dist?: string; timeZone?: string; /** A migrated, empty one of the caller's. */ database?: FreshDatabase } = {}): Promise<Scene> {
  const database = options.shared ? null : (options.database ?? (await freshDatabase()))
  const running = database ? await startKernel(database) : null
  const kernel = options.shared?.kernel ?? (running as NonNullable<typeof running>).kernel
  const app = running?.live ? await httpServer(kernel, running.live, options.dist ? { dist: options.dist } : {}) : null
  await app?.listen({ host: '127.0.0.1', port: 0 })
  const address = app?.server.address()
  const origin = options.shared?.origin ?? `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const language = options.language ?? 'zh-Hans'
  const institution: Institution = { id: newId(), code: options.code ?? 'scene', name: '江畔大学', vocabulary: options.vocabulary ?? 'cn-university', timeZone: options.timeZone ?? 'Asia/Shanghai', drill: true, clockOffsetMs: 0 }
  await inInstitution(kernel.connection.db, institution.id, 'write', async (tx) => {
    await addInstitution(tx, institution)
    await foundInstitution(new Run(tx, institution, operator, kernel.clock, { language }))
  })
  const operate: Scene['operate'] = async (call, input, given = {}) =>
    (await handle(kernel, call.name, { who: { actor: operator, institutionId: institution.id }, input, language, requestId: given.requestId, file: given.file })).output as never
  for (const [name, text, kind] of [['staff.csv', staffCsv, undefined], ['students.csv', studentsCsv, undefined], ['offices.csv', officesCsv, 'offices' as const]] as const) {
    const importId = newId()
    const { summary } = await operate(previewRoster, { importId, ...(kind ? { kind } : {}) }, { file: { name, bytes: new TextEncoder().encode(text) } })
    if (summary.refused) throw new Error(`${name}: ${JSON.stringify(summary.refusals)}`)
    await operate(applyRoster, { importId })
  }
  const known = await inInstitution(kernel.connection.db, institution.id, 'read', async (tx) => {
    const people = (await sql<{ number: string; id: string }>`select number, person_id as id from directory.person`.execute(tx)).rows
    const units = (await sql<{ name: string; id: string }>`select name, unit_id as id from directory.unit`.execute(tx)).rows
    return { people: new Map(people.map((row) => [row.number, row.id])), units: new Map(units.map((row) => [row.name, row.id])), roots: await rootUnits(tx, institution.id) }
  })
  const person = (who: string) => {
    const id = known.people.get((cast as Record<string, string>)[who] ?? who)
    if (!id) throw new Error(`Nobody is called ${who}`)
    return id
  }
  const unit = (name: string) => {
    const id = known.units.get(name)
    if (!id) throw new Error(`No unit is called ${name}`)
    return id
  }
  const numbers = [...known.people.keys()]
  const tokens = await inInstitution(kernel.connection.db, institution.id, 'write', (tx) => openSessions(tx, institution.id, numbers.map(person), new Date(), 3650))
  const tokenOf = new Map(numbers.map((number, index) => [number, tokens[index]]))
  const admit = (number: string) =>
    inInstitution(kernel.connection.db, institution.id, 'write', async (tx) => {
      const [found] = (await sql<{ id: string }>`select person_id as id from directory.person where number = ${number}`.execute(tx)).rows
      if (!found) throw new Error(`Nobody has the number ${number}`)
      known.people.set(number, found.id)
      const [token] = await openSessions(tx, institution.id, [found.id], new Date(), 3650)
      tokenOf.set(number, token)
    })
  let offset = 0
  const runJobs = async () => {
    let ran = 0
    for (let round = 0; round < 200; round++) {
      const some = await runDueJobs(kernel)
      ran += some
      if (!some) return ran
    }
    throw new Error('Jobs do not come to rest')
  }
  return {
    origin, kernel, institution, person, unit, operate, runJobs, admit,
    token: (who) => tokenOf.get((cast as Record<string, string>)[who] ?? who) ?? '',
    as(who) {
      const token = who === 'anonymous' ? undefined : tokenOf.get((cast as Record<string, string>)[who] ?? who)
      return httpClient({ origin, language: () => language, ...(token ? { token } : {}) })
    },
    async advance(ms) {
      offset += ms
      await inInstitution(kernel.connection.db, institution.id, 'write', (tx) => setClockOffset(tx, institution.id, offset))
      kernel.sessions.clear()
      await runJobs()
    },
    now: () => new Date(Date.now() + offset),
    async close() {
      await app?.close()
      await running?.close()
      await database?.drop()
    },
  }
}
