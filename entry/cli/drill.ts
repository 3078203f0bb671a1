/** demo and drill: a synthetic campus lives several days through the public interface. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '#kernel/ids.ts'
import { makeBehaviour } from '#drill/behaviour.ts'
import { makeCampus } from '#drill/campus.ts'
import { commandOffice } from '#drill/campus-plan.ts'
import { gather } from '#drill/crowd.ts'
import { issueNotice } from '#drill/officer.ts'
import { play, headOf } from '#drill/play.ts'
import { importCampus } from '#drill/prepare.ts'
import * as briefs from '#slices/briefs/contract.ts'
import { giveReason, units } from '#slices/directory/contract.ts'
import * as drills from '#slices/drills/contract.ts'
import { coverage, gaps } from '#slices/measures/contract.ts'
import * as notices from '#slices/notices/contract.ts'
import { build } from '../build.ts'
import { dataFolder, findDatabase, prepare, startKernel } from '../start.ts'
import { demoCode, demoPassword, demoRoles, entrances, findDemonstration, madeText, makingOf, noteMaking, whatToDo, type Account, type DemoLogin } from './demonstration.ts'
import { userFile } from './files.ts'
import { progress, say, table } from './print.ts'
import { localSession } from './session.ts'
import { noInstitution } from '#kernel/institutions.ts'

const code = demoCode
const school = '江畔大学'
const root = join(import.meta.dirname, '../..')

export interface DemoOptions {
  notice?: string
  students: number
  staff: number
  seed: number
  days: number
  port: number
  host: string
  exit?: boolean
  json?: boolean
  fresh?: boolean
  /** Something was said of how it is to be made. */
  said?: boolean
}

export async function demo(options: DemoOptions): Promise<void> {
  const begun = Date.now()
  const startsAt = morning(options.days)
  const file = options.notice ? await userFile(options.notice) : { name: 'notice.txt', bytes: Buffer.from(datedFrom(await readFile(join(root, 'drill/notice.txt'), 'utf8'), dayOf(startsAt))) }
  const database = await findDatabase()
  await prepare(database)
  const running = await startKernel(database, { connections: 4 })
  const making = makingOf(options, options.notice ? file.bytes : null)
  const there = await findDemonstration(running)
  const goesOn = there !== undefined && (await whatToDo(there, { fresh: options.fresh ?? false, said: options.said ?? false, making }).catch(async (error: unknown) => {
    await running.close()
    throw error
  })) === 'go on'
  await build({ report: say })
  const server = await startServer(options)
  // Stopped at any time, the server goes too.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => {
    say('\n已停止服务。数据库仍在后台，用 npx bulwark db stop 停止；npm start 可再打开这些数据 · stopped; the database goes on until npx bulwark db stop, npm start serves these data again')
    if (server.child.exitCode !== null || server.child.signalCode !== null) process.exit()
    server.child.once('exit', () => process.exit())
    server.child.kill(signal)
  })
  if (goesOn) {
    await running.close()
    say(`\n接着用 ${madeText(there.madeAt)} 生成的演示，里面做过的都在。清除重来 npm run demo -- --fresh · going on with the demonstration of ${madeText(there.madeAt)}; to wipe it and begin anew: npm run demo -- --fresh\n`)
    process.stdout.write(options.json ? `${JSON.stringify({ origin: server.origin, accounts: there.accounts, madeAt: there.madeAt }, null, 2)}\n` : `${entrances(server.origin, there)}\n\n按 Ctrl+C 停止 · Ctrl+C stops.\n`)
    if (options.exit) server.child.kill('SIGTERM')
    await new Promise((resolve) => server.child.once('exit', resolve))
    process.exit()
  }
  try {
    const outside = localSession(running, noInstitution.id, '', 'zh-Hans')
    if (there) {
      const bar = progress('清除上次演示 wiping the last demonstration')
      await localSession(running, there.institutionId, code, 'zh-Hans').call(drills.wipe, { code })
      bar.end()
    }
    const institutionId = newId()
    await outside.call(drills.open, { institutionId, code, name: school, vocabulary: 'cn-university', startsAt: startsAt.toISOString() })
    const conductor = localSession(running, institutionId, code, 'zh-Hans')

    const bar = progress('虚拟校园 campus')
    const campus = makeCampus({ seed: options.seed, students: options.students, staff: options.staff, school, year: startsAt.getFullYear() })
    const behaviour = makeBehaviour(campus, options.seed, { start: dayOf(startsAt), days: options.days, season: 'vacation' })
    let files = 0
    const imported = await importCampus(conductor, campus, (name) => bar.to(files++, 4, `${campus.people.length} 人，导入 ${name}`))
    bar.end(`${campus.people.length} 人 people，${campus.units.length} 个组织 units，导入 ${imported.accepted} 行，拒绝 ${imported.refused} 行`)

    const officer = officerOf(campus)
    const entering = progress('登录 sessions')
    const crowd = await gather(conductor, server.origin, campus.people.map((person) => person.number), (done) => entering.to(done, campus.people.length))
    entering.end(`${campus.people.length}`)

    const issuing = progress('通知 notice')
    const issued = await issueNotice(crowd.as(officer), file, () => startsAt)
    issuing.end(`《${issued.title}》 ${issued.drafted} 条任务 duties → ${issued.receipt.units} 个单位 units，${issued.receipt.people} 人 people，${issued.receipt.measures.length} 项措施 measures`)

    const accounts = await makeAccounts(conductor, campus, officer)
    await noteMaking(institutionId, making)
    say(`\n现在就可以进去看，校园正在度过这几天 · open already, while the days go by:\n\n${entrances(server.origin, { school, accounts })}\n`)

    const living = progress('度过数日 the days')
    const until = new Date()
    // The student of the demonstration answers nothing: the questions wait for whoever looks in.
    const student = accounts.find((one) => one.login === 'student')?.number
    const played = await play({ campus, behaviour: { ...behaviour, people: behaviour.people.filter((one) => one.number !== student) }, conductor, crowd, officer, startsAt, until, progress: (done, total, note) => living.to(done, total, note) })
    living.end(`${played.answers} 次本人填报，${played.proxies} 次代填，${played.helpRequests} 件求助，${played.unitSteps} 步单位办理；高峰 ${played.rate} 次/秒`)
    for (const [problem, count] of played.problems) say(`  ! ${count} × ${problem}`)
    await conductor.call(drills.setClock, { now: new Date().toISOString() })

    const story = await tell(crowd.as(officer), issued, campus)
    if (options.json) process.stdout.write(`${JSON.stringify({ origin: server.origin, accounts, story: story.data, seconds: Math.round((Date.now() - begun) / 1000) }, null, 2)}\n`)
    else process.stdout.write(`${story.text}\n\n${entrances(server.origin, { school, accounts })}\n\n${options.exit ? '' : '按 Ctrl+C 停止 · Ctrl+C stops.   '}${((Date.now() - begun) / 1000).toFixed(0)} s\n`)
  } catch (error) {
    server.child.kill('SIGTERM')
    throw error
  } finally {
    await running.close()
  }
  if (options.exit) {
    server.child.kill('SIGTERM')
    await Promise.race([new Promise((resolve) => server.child.once('exit', resolve)), sleep(5000)])
    process.exit() // the crowd's kept connections would hold the process for a minute
  }
  await new Promise((resolve) => server.child.once('exit', resolve))
  process.exit()
}

/** The server in a process of its own: the days are lived through the public interface only. */
async function startServer(options: DemoOptions): Promise<{ origin: string; child: ChildProcess }> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, 'entry/cli.ts'), 'serve', '--port', String(options.port), '--host', options.host], { cwd: root, stdio: ['ignore', 'inherit', 'pipe'] })
  let text = ''
  const origin = new Promise<string>((resolve, reject) => {
    child.stderr?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const found = /(http:\/\/[^\s]+)/.exec(text)
      if (found?.[1]) resolve(found[1])
      else process.stderr.write(chunk)
    })
    child.once('exit', (status) => reject(new Error(`The server ended (${status}): ${text.slice(-400)}`)))
  })
  return { origin: await Promise.race([origin, sleep(60_000).then(() => Promise.reject(new Error('The server did not start')))]), child }
}

/** 08:00 in Shanghai, so many days ago (today counts as one). */
function morning(days: number): Date {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date())
  return new Date(Date.parse(`${today}T08:00:00+08:00`) - (days - (Date.now() > Date.parse(`${today}T10:00:00+08:00`) ? 1 : 0)) * 86_400_000)
}
const dayOf = (at: Date) => new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(at)

/** Our notice as if it were signed on this day: its last date is that of its signature, and every other one lies as far from it as before. */
function datedFrom(text: string, day: string): string {
  const dates = [...text.matchAll(/(\d{4})年(\d{1,2})月(\d{1,2})日/g)].map(([, year, month, date]) => Date.UTC(Number(year), Number(month) - 1, Number(date)))
  const by = Date.parse(`${day}T00:00:00Z`) - (dates.at(-1) ?? 0)
  let at = 0
  return text.replaceAll(/\d{4}年\d{1,2}月\d{1,2}日/g, () => {
    const moved = new Date((dates[at++] ?? 0) + by)
    return `${moved.getUTCFullYear()}年${moved.getUTCMonth() + 1}月${moved.getUTCDate()}日`
  }).replace(/〔\d{4}〕/, `〔${day.slice(0, 4)}〕`)
}

type Campus = ReturnType<typeof makeCampus>

function officerOf(campus: Campus): string {
  const holding = campus.holdings.find((one) => one.title.endsWith('值班员') && one.to === null)
  if (!holding) throw new Error(`The campus has no duty officer at ${commandOffice}`)
  return holding.person
}

/** Demo accounts exist only in a drill and are printed here. */
async function makeAccounts(conductor: ReturnType<typeof localSession>, campus: Campus, officer: string): Promise<Account[]> {
  const college = campus.units.find((unit) => unit.kind === 'college')
  const klass = campus.classes.find((group) => group.college === college?.id && !group.orphaned) ?? campus.classes[0]
  const names = new Map(campus.people.map((person) => [person.number, person.name]))
  const holder = (title: string) => campus.holdings.find((one) => one.title.endsWith(title) && one.to === null)?.person
  const holds = new Set(campus.holdings.filter((one) => one.to === null).map((one) => one.person))
  const wanted: Record<DemoLogin, string | undefined> = {
    duty: officer, secretary: college && headOf(campus, college.id), counsellor: klass?.counsellor, organisation: holder('组织部干事'), doctor: holder('校医'),
    student: campus.people.find((person) => person.units.admin === klass?.unit && !holds.has(person.number))?.number,
  }
  const accounts: Account[] = []
  for (const [login, role] of Object.entries(demoRoles) as [DemoLogin, string][]) {
    const number = wanted[login]
    if (!number) continue
    const password = demoPassword(login)
    await conductor.call(drills.account, { number, login, password })
    accounts.push({ number, role, login, password, name: names.get(number) ?? '' })
  }
  return accounts
}

/** The story in figures, all from the public interface. */
async function tell(officer: import('#kernel/client.ts').Client, issued: Awaited<ReturnType<typeof issueNotice>>, campus: Campus) {
  const rootUnit = (await officer.call(units, { tree: 'admin', depth: 1 })).units.find((unit) => unit.parentId === null)
  const unitId = rootUnit?.unitId ?? ''
  const covered = await officer.call(coverage, { unitId, responseId: issued.responseId })
  await officer.call(giveReason, { reasonId: newId(), unitId, words: '演练开场，核对缺口数' })
  const open = await officer.call(gaps, { unitId, size: 5 })
  const board = await officer.call(notices.assignments, { unitId, below: true, noticeId: issued.noticeId, size: 1 })
  const brief = await officer.call(briefs.draft, { briefId: newId(), unitId, noticeId: issued.noticeId })
  const signed = await officer.call(briefs.sign, { briefId: brief.briefId })
  const folder = join(dataFolder(), 'demo')
  await mkdir(folder, { recursive: true })
  const paths: string[] = []
  for (const format of ['docx', 'pdf', 'xlsx'] as const) {
    const made = await officer.call(briefs.download, { briefId: signed.briefId, format })
    const path = join(folder, made.fileName.replace(/[\\/:*?"<>|]/g, '_'))
    await writeFile(path, Buffer.from(made.base64, 'base64'))
    paths.push(path)
  }
  const { progress: done } = board
  const data = { notice: issued.title, duties: issued.receipt.duties, units: issued.receipt.units, people: issued.receipt.people, assignments: done, coverage: covered.total, measures: covered.measures, gaps: open.total, brief: paths }
  const words = new Map(covered.measures.map((measure) => [measure.measureId, measure]))
  const text = [
    '', `《${issued.title}》`,
    `${issued.receipt.duties} 条任务 duties → ${issued.receipt.units} 个单位 units，${issued.receipt.people} 人 people（名册 ${campus.people.length} 人）`,
    `任务落实 assignments ${done.total}：完成 done ${done.done}，已报待审 reported ${done.reported}，办理中 under way ${done.underWay}，待签收 waiting ${done.waiting}，逾期 overdue ${done.overdue}，无责任人 nobody ${done.nobody}`, '',
    table(['措施 measure', '应有 population', '达标 kept', '缺口 gap', '免除 excused', '未知 unknown'], covered.total.map((cell) => [words.get(cell.measureId)?.name.zh ?? '', cell.population, cell.kept, cell.gap, cell.excused, cell.unknown])), '',
    `缺口和未知 gaps and unknown ${open.total}，其中 for instance：`,
    ...open.gaps.map((gap) => `  ${gap.subject.name}（${gap.subject.unit?.name ?? ''}）${gap.measure.zh} → ${gap.owner ? `${gap.owner.person.name} ${gap.owner.officeTitle}` : '无人负责 nobody'}`), '',
    ...paths.map((path) => `专报 brief  ${path}`),
  ].join('\n')
  return { data, text }
}
