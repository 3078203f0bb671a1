/** A lock between processes, in a file: held by one that lives, taken over from one that died. */
import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { cannotRun } from './problems.ts'

/** A holder renews its file; a number reused by another process must not hold the lock for ever. */
const renewed = 2_000
const abandoned = 60_000
/** What this process holds itself: a restarted container may give us the number of the dead holder. */
const holding = new Set<string>()

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function read(file: string): { text: string; age: number } | null {
  try {
    return { text: readFileSync(file, 'utf8'), age: Date.now() - statSync(file).mtimeMs }
  } catch {
    return null
  }
}

/** Two may see the same dead holder: whoever moves the file away looks again whether it moved the right one. */
function removeDead(file: string, text: string): void {
  const aside = `${file}.${process.pid}.dead`
  try {
    renameSync(file, aside)
    if (read(aside)?.text !== text) linkSync(aside, file)
  } catch {
    // gone, or taken again meanwhile
  }
  rmSync(aside, { force: true })
}

/**
 * Runs `work` while no other process holds the same lock.
 * `anyway`: also where the disk has no room for the lock, for what must be possible then; nobody else can take it either.
 * @throws when the lock stays held by a living process for longer than `patience`.
 */
export async function withLock<T>(file: string, work: () => Promise<T>, { patience = 180_000, anyway = false } = {}): Promise<T> {
  const mine = `${process.pid} ${Math.random()}`
  const end = Date.now() + patience
  for (;;) {
    try {
      writeFileSync(file, mine, { flag: 'wx', mode: 0o600 })
      holding.add(mine)
      break
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        if (read(file)?.text === '') rmSync(file, { force: true }) // made, but the disk had no room for our name
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
        if (anyway) return work()
        throw cannotRun(`${file} 所在的磁盘已满。请腾出空间后再试；此前保存的内容都在。`, `The disk that holds ${file} is full. Free some space and try again; what was saved before is kept.`)
      }
    }
    const held = read(file)
    const pid = Number(held?.text.split(' ')[0])
    // An empty file is one that is just being written.
    const dead = held !== null && held.text !== '' && (pid === process.pid ? !holding.has(held.text) : !lives(pid))
    if (held && (dead || held.age > abandoned)) removeDead(file, held.text)
    else if (Date.now() > end) throw cannotRun(`进程 ${pid} 占用 ${file} 太久。若它不是堡垒的进程，请删除该文件。`, `Process ${pid} has held ${file} for too long. If it is not one of ours, delete that file.`)
    else await sleep(50)
  }
  const renewal = setInterval(() => {
    try {
      utimesSync(file, new Date(), new Date())
    } catch {
      // the folder was removed under us; the work will notice
    }
  }, renewed)
  renewal.unref()
  try {
    return await work()
  } finally {
    clearInterval(renewal)
    holding.delete(mine)
    if (read(file)?.text === mine) rmSync(file, { force: true })
  }
}
