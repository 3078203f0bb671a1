/** What every benchmark of the engine starts from: a fresh embedded database, an institution with people, measures that are on, a server in a process of its own. */
import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { newId } from '#kernel/ids.ts'
import { noInstitution } from '#kernel/institutions.ts'
import * as drills from '#slices/drills/contract.ts'
import { fromPreset, switchOn } from '#slices/measures/contract.ts'
import { list, open } from '#slices/responses/contract.ts'
import { localSession, type Session } from '../../entry/cli/session.ts'
import { findDatabase, prepare, startKernel, stopDatabase } from '../../entry/start.ts'
import { findCity, raiseCity, type City } from './city.ts'

export interface Stage {
  city: City
  /** The operator, in the institution. */
  operator: Session
  /** As the owner of the tables, in the institution. */
  owner: pg.Client
  ownerUrl: string
  responseId: string
  port: number
  /** The city stood already. */
  found: boolean
  close(): Promise<void>
}

const root = join(import.meta.dirname, '../..')

/** `folder`: stays afterwards, and what stands there is used again. */
export async function setStage(size: { people: number; units: number; sessions: number; presets: string[]; folder?: string | undefined }): Promise<Stage> {
  const folder = size.folder ?? mkdtempSync(join(process.env['BENCH_TMP'] ?? tmpdir(), 'bulwark-bench-'))
  const found = existsSync(join(folder, 'postgres'))
  process.env['BULWARK_DATA'] = folder
  const database = await findDatabase()
  await prepare(database)
  const clear = () => { if (!size.folder) rmSync(folder, { recursive: true, force: true }) }
  process.once('exit', clear)
  const running = await startKernel(database, { connections: 4 })
  const institutionId = found ? await findCity(database.ownerUrl) : newId()
  const operator = localSession(running, institutionId, 'bench', 'en')
  if (!found) await localSession(running, noInstitution.id, '', 'en').call(drills.open, { institutionId, code: 'bench', name: '示例市', vocabulary: 'cn-university', startsAt: new Date().toISOString() })
  const city = found ? { institutionId } : await raiseCity(database.ownerUrl, institutionId, size)
  const responseId = found ? ((await operator.call(list, {})).responses[0]?.responseId ?? '') : newId()
  if (!found) await operator.call(open, { responseId, name: '秋冬季传染病防控', hazards: ['influenza'], level: 2, basis: '示例', decidedBy: '示例', plannedEnd: null })
  for (const key of found ? [] : size.presets) {
    const measureId = newId()
    await operator.call(fromPreset, { measureId, responseId, key, basis: '示例' })
    await operator.call(switchOn, { measureId, sponsor: '压力测试所需' })
  }
  const owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  await owner.query(`select set_config('app.institution', $1, false)`, [institutionId])
  const { server, port } = await startServer(folder)
  return {
    city, operator, owner, ownerUrl: database.ownerUrl, responseId, port, found,
    async close() {
      await stopped(server)
      await owner.end()
      await running.close()
      await stopDatabase()
      clear()
    },
  }
}

async function startServer(folder: string): Promise<{ server: ChildProcess; port: number }> {
  const port = 20_000 + Math.floor(Math.random() * 20_000)
  const server = spawn(process.execPath, [join(root, 'entry/cli.ts'), 'serve', '--port', String(port)], { env: { ...process.env, BULWARK_DATA: folder, LOG_LEVEL: 'error', NODE_ENV: 'production' }, stdio: ['ignore', 'ignore', 'inherit'] })
  for (let tries = 0; tries < 600 && server.exitCode === null; tries++) {
    const found = await fetch(`http://127.0.0.1:${port}/healthz`).then((answer) => answer.ok, () => false)
    if (found) return { server, port }
    await sleep(100)
  }
  throw new Error('The server did not start')
}

async function stopped(server: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => server.once('exit', resolve))
  server.kill('SIGTERM')
  await gone
}

export const machine = (): string => `${cpus().length} × ${cpus()[0]?.model ?? 'cpu'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`
