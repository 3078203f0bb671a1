/** The demonstration that is there: since when, who signs in to it, with what it was made. Somebody may have worked in it: it is gone on with, and wiped only where that is said. */
import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { madeAt } from '#kernel/ids.ts'
import { listInstitutions } from '#kernel/institutions.ts'
import { Problem } from '#kernel/problems.ts'
import { accounts as accountsCall } from '#slices/directory/contract.ts'
import { dataFolder, type Running } from '../start.ts'
import { say, table } from './print.ts'
import { localSession } from './session.ts'

export const demoCode = 'demo'

export interface Account {
  number: string
  role: string
  login: string
  password: string
  name: string
}
export interface Demonstration {
  institutionId: string
  school: string
  madeAt: Date
  /** None where it was broken off before anybody could sign in. */
  accounts: Account[]
}

/** Roles by the logins of their accounts. */
export const demoRoles = { duty: '值班员 duty officer', secretary: '学院书记 secretary', counsellor: '辅导员 counsellor', organisation: '组织部 organisation', doctor: '校医 doctor', student: '学生 student' } as const
export type DemoLogin = keyof typeof demoRoles
export const demoPassword = (login: DemoLogin) => `demo-${login}-2026`.padEnd(12, '-')

export async function findDemonstration(running: Running): Promise<Demonstration | undefined> {
  const found = (await listInstitutions(running.kernel.connection.db)).find((one) => one.drill && one.code === demoCode)
  if (!found) return undefined
  const lines = (await localSession(running, found.id, demoCode, 'zh-Hans').call(accountsCall, { show: 'with' })).accounts
  const accounts = (Object.keys(demoRoles) as DemoLogin[]).flatMap((login) => lines.flatMap((one) => (one.login === login ? [{ number: one.person.number, role: demoRoles[login], login, password: demoPassword(login), name: one.person.name }] : [])))
  return { institutionId: found.id, school: found.name, madeAt: madeAt(found.id), accounts }
}

export const madeText = (at: Date): string => new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short' }).format(at)

export function entrances(origin: string, { school, accounts }: Pick<Demonstration, 'school' | 'accounts'>): string {
  return [`控制台 console  ${origin}/     手机端 phone  ${origin}/m/     （单位 institution：${school}）`, table(['角色 role', '账号 login', '密码 password', '姓名'], accounts.map((one) => [one.role, one.login, one.password, one.name]))].join('\n')
}

// ── With what it was made ────────────────────────────────────────────────────────────────────────
export interface Making {
  students: number
  staff: number
  seed: number
  days: number
  notice: string
}
/** `notice`: one that was named; ours is dated anew each day. */
export const makingOf = (options: Omit<Making, 'notice'>, notice: Uint8Array | null): Making => ({ students: options.students, staff: options.staff, seed: options.seed, days: options.days, notice: notice ? createHash('sha256').update(notice).digest('hex') : '' })
const noteFile = () => join(dataFolder(), 'demo', 'made.json')

export async function noteMaking(institutionId: string, making: Making): Promise<void> {
  await mkdir(join(dataFolder(), 'demo'), { recursive: true })
  await writeFile(noteFile(), JSON.stringify({ institutionId, ...making }))
}

async function madeAlike(institutionId: string, making: Making): Promise<boolean> {
  try {
    const { institutionId: of, ...made } = JSON.parse(await readFile(noteFile(), 'utf8')) as Making & { institutionId: string }
    return of === institutionId && JSON.stringify(made) === JSON.stringify(making)
  } catch {
    return false
  }
}

/** What becomes of the one that is there. @throws a Problem where another one is wanted and nobody can be asked. */
export async function whatToDo(there: Demonstration, asked: { fresh: boolean; /** Something was said of how it is to be made. */ said: boolean; making: Making }, mayAsk = process.stdin.isTTY && process.stderr.isTTY): Promise<'go on' | 'anew'> {
  if (asked.fresh) return 'anew'
  if (there.accounts.length === 0) {
    say(`上次的演示（${madeText(there.madeAt)}）还没有人能登录就中断了，重新开始 · the last demonstration was broken off before anybody could sign in: beginning anew`)
    return 'anew'
  }
  if (!asked.said || (await madeAlike(there.institutionId, asked.making))) return 'go on'
  const question = `已有 ${madeText(there.madeAt)} 生成的演示，人数、天数或通知与这次说的不同。`
  if (!mayAsk)
    throw new Problem(409, 'demo-exists', `${question}没有清除任何内容：要接着用它，不带这些选项；要清除重来，加 --fresh。`, `There is a demonstration of ${madeText(there.madeAt)}, made otherwise than you ask now. Nothing was wiped: leave these options out to go on with it, or add --fresh to wipe it and begin anew.`)
  const asking = createInterface({ input: process.stdin, output: process.stderr })
  try {
    const answer = await asking.question(`${question}\n清除它重新开始吗？输入 y 清除，直接回车接着用它 · there is one already, made otherwise: y wipes it and begins anew, Enter goes on with it: `)
    return /^y(es)?$/i.test(answer.trim()) ? 'anew' : 'go on'
  } finally {
    asking.close()
  }
}
