/** roster import, units, people */
import { Argument, type Command } from 'commander'
import { stat } from 'node:fs/promises'
import type { Static } from 'typebox'
import { CallProblem } from '#kernel/client.ts'
import { newId, stableId } from '#kernel/ids.ts'
import { Problem } from '#kernel/problems.ts'
import * as directory from '#slices/directory/contract.ts'
import { act, type Act } from './act.ts'
import { userFile } from './files.ts'
import { choice, columnsSaid, languageOfCli, whole } from './options.ts'
import { follow, sendInPieces, writeRows } from './pieces.ts'
import { progress, say, table } from './print.ts'

export function directoryCommands(program: Command): void {
  const roster = program.command('roster').description('名册 · the roster')
  roster
    .command('import <file>')
    .description('预览并导入名册、职务或联系户表 · preview, then import (.xlsx .csv; any header order)')
    .addOption(choice('--kind <kind>', '名册、职务、联系户，缺省按表头判断 · what it holds, else by its heads', ['people', 'offices', 'links']))
    .addOption(choice('--covers <kind>', '文件覆盖全部这类人：缺者视为离开 · the file is complete for this kind', ['student', 'staff', 'contractor']))
    .option('--column <header=meaning...>', '指定某列，如 编号=number、联系=电话、备注= （不读） · what a column is')
    .option('--apply', '预览后直接导入 · apply after the preview')
    .option('--apply-left', '并将缺者标为离开 · also mark those missing as left')
    .action((path: string, given: { kind?: 'people' | 'offices' | 'links'; covers?: 'student' | 'staff' | 'contractor'; column?: string[]; apply?: boolean; applyLeft?: boolean }, command: Command) =>
      act(command, async ({ session, options, print }) => {
        const importId = newId()
        const english = languageOfCli(options) === 'en'
        const large = await isLarge(path, given.kind)
        const columns = given.column && (await rosterColumns(given.column))
        const seen = large ? await previewLarge(session, importId, path, given.covers, columns) : await preview(session, importId, path, { ...given, columns })
        const { summary } = seen
        const text = () => [
          ...(summary.headings ? [`列 columns ${summary.headings.map(({ header, field, how }) => `${header}→${field ?? '—'}${how === 'guessed' ? '?' : how === 'chosen' || how === 'remembered' ? '!' : ''}`).join('  ')}`] : []),
          `接受 accepted ${summary.accepted}  拒绝 refused ${summary.refused}  有疑点 doubtful ${summary.doubtful}  新增 arrived ${summary.arrived}  调动 moved ${summary.moved}  变更 changed ${summary.changed}  不变 same ${summary.unchanged}  缺失 missing ${summary.left}  新组织 new units ${summary.newUnits}`,
          ...(summary.rows === 0 ? ['表头下面没有任何一行 · there is no row below the heads'] : []),
          ...(summary.refusals.length ? ['', table(['位置 at', '原因 why'], summary.refusals.slice(0, most).map((one) => [one.at, english ? one.en : one.zh]))] : []),
          ...rest(summary.refused, summary.refusals.length),
          ...(summary.doubts.length ? ['', table(['位置 at', '疑点 doubt', '取值 taken'], summary.doubts.slice(0, most).map((one) => [one.at, english ? one.en : one.zh, one.taken]))] : []),
          ...rest(summary.doubts.length, summary.doubts.length),
        ].join('\n')
        if (large && summary.refused + summary.doubtful > 0) await writeRows(path, undefined, (after) => session.call(directory.rosterMarks, { importId, ...(after ? { after } : {}) }))
        // Some rows came back: a script must notice.
        if (summary.refused) process.exitCode = 3
        if (!given.apply) {
          if (large) await session.call(directory.dropRosterFile, { importId })
          print({ ...seen, applied: false }, () => `${text()}\n\n尚未导入；加 --apply 生效 · not applied; add --apply`)
          return
        }
        say(text())
        if (large) {
          await session.call(directory.applyRosterFile, { importId, ...(given.applyLeft ? { applyLeft: true } : {}) })
          const done = await waitFor(session, importId, '导入 applying')
          print({ ...seen, summary: done.summary, applied: true }, () => '已导入 · applied')
          return
        }
        const applying = progress('导入 applying')
        const done = await session.call(directory.applyRoster, { importId, ...(given.applyLeft ? { applyLeft: true } : {}) })
        applying.end()
        print({ ...seen, summary: done.summary, applied: true }, () => '已导入 · applied')
      }),
    )
  program.command('units').addArgument(new Argument('[tree]', '行政、党组织、住宿 · which tree').choices(['admin', 'party', 'residence'])).description('组织 · units of a tree').option('--depth <n>', '1–8 层 levels', whole(1, 8), 2).action((tree: 'admin' | undefined, given: { depth: number }, command: Command) =>
    act(command, async ({ session, print }) => {
      const found = await session.call(directory.units, { tree: tree ?? 'admin', depth: given.depth })
      print(found, () => table(['组织 unit', '类型 kind', '人数 members', '下级 children', 'id'], found.units.map((unit) => [unit.name, unit.kind, unit.members, unit.children, unit.unitId])))
    }),
  )
  program.command('person <text>').description('找人 · find people by name, pinyin or number').action((text: string, _given: unknown, command: Command) =>
    act(command, async ({ session, print }) => {
      const found = await session.call(directory.people, { text })
      print(found, () => table(['姓名 name', '学工号 number', '组织 unit', 'id'], found.people.map((one) => [one.name, one.number, one.unit?.name ?? null, one.personId])))
    }),
  )
}

/** Meanings by the names of fields or by the words that previews say. */
async function rosterColumns(pairs: readonly string[]): Promise<directory.RosterColumns> {
  const { rosterWord: wordOf } = await import('#slices/directory/server.ts')
  const fields = directory.rosterFields
  const known = new Map<string, (typeof fields)[number]>(fields.flatMap((field) => [[field, field], [wordOf(field), field]]))
  return columnsSaid(pairs).map(({ header, meaning }) => {
    const field = known.get(meaning) ?? (['学号', '工号', '学工号'].includes(meaning) ? 'number' : undefined)
    if (meaning === '') return { header, meaning }
    if (!field) throw new Problem(400, 'bad-input', `不认识“${meaning}”。可用：${fields.map((one) => `${one}（${wordOf(one)}）`).join('、')}；留空表示不读。`, `"${meaning}" is not known. There are: ${fields.join(', ')}; empty means not to read it.`)
    return { header, meaning: field }
  })
}

/** So many rows are shown. */
const most = 30
const rest = (all: number, told: number) => (all > most ? [`… 共 ${all} 行，以上是前 ${Math.min(most, told)} 行 · ${all} in all, the first ${Math.min(most, told)} are shown`] : [])

type Doing = Act['session']
type Summary = { importId: string; kind: 'people' | 'offices' | 'links'; summary: Static<typeof directory.RosterSummary> }

/** Text of this size travels in pieces and is read by a job; anything else is looked at in one go. */
const largeBytes = 8 * 1048576
async function isLarge(path: string, kind: string | undefined): Promise<boolean> {
  const size = await stat(path).then((found) => found.size, () => 0)
  return size > largeBytes && (kind === undefined || kind === 'people') && !/\.xlsx?$/i.test(path)
}

async function preview(session: Doing, importId: string, path: string, given: { kind?: Summary['kind']; covers?: 'student' | 'staff' | 'contractor'; columns?: directory.RosterColumns | undefined }): Promise<Summary> {
  const bar = progress('读取 reading')
  const seen = await session.call(directory.previewRoster, { importId, ...(given.kind ? { kind: given.kind } : {}), ...(given.covers ? { covers: given.covers } : {}), ...(given.columns ? { columns: given.columns } : {}) }, { file: await userFile(path) }).catch((error: unknown) => {
    // Refused for its columns.
    if ((error instanceof Problem || error instanceof CallProblem) && (error.details as { headings?: unknown } | undefined)?.headings) say('用 --column 列名=含义 指定某列，如 --column 编号=number · say what a column is with --column')
    throw error
  })
  bar.end(`${seen.summary.rows} 行 rows`)
  return seen
}

/** Sends a large roster and waits until it is checked. */
export async function previewLarge(session: Doing, importId: string, path: string, covers?: 'student' | 'staff' | 'contractor', columns?: directory.RosterColumns): Promise<Summary> {
  await sendInPieces(path, {
    most: directory.rosterFileLimit, piece: directory.rosterPieceSize,
    announce: (fileName, bytes) => session.call(directory.startRosterFile, { importId, fileName, bytes, ...(covers ? { covers } : {}) }),
    send: (starts, file) => session.call(directory.sendRosterPiece, { importId, starts }, { file, requestId: stableId('piece', importId, String(starts)) }),
  })
  await session.call(directory.checkRosterFile, { importId, ...(columns ? { columns } : {}) })
  const { summary, refusal } = await waitFor(session, importId, '检查 checking')
  if (refusal) {
    await session.call(directory.dropRosterFile, { importId })
    throw new Problem(422, refusal.code, refusal.zh, refusal.en)
  }
  return { importId, kind: 'people', summary }
}

const waitFor = (session: Doing, importId: string, label: string): Promise<Static<typeof directory.RosterFile>> => follow(session, label, () => session.call(directory.rosterFile, { importId }), (now) => now.summary.rows || now.rowsDone)

/** A unit by its id or by a name that is unique. */
export async function unitIdOf(session: { call: import('#kernel/client.ts').Client['call'] }, wanted: string | undefined): Promise<string> {
  if (wanted && /^[0-9a-f]{8}-/.test(wanted)) return wanted
  const { units } = await session.call(directory.units, { tree: 'admin', depth: 8 })
  const root = units.find((unit) => unit.parentId === null)
  if (!wanted && root) return root.unitId
  const same = units.filter((unit) => unit.name === wanted)
  if (same.length === 1 && same[0]) return same[0].unitId
  if (same.length) throw new Problem(400, 'which-unit', `有 ${same.length} 个组织都叫“${wanted}”，请写编号：${same.map((unit) => unit.unitId).join('、')}`, `${same.length} units are called "${wanted}"; name one by its id: ${same.map((unit) => unit.unitId).join(', ')}`)
  throw new Problem(404, 'which-unit', `行政组织里没有“${wanted ?? ''}”。bulwark units 列出名称，党组织和住宿用编号。`, `No unit of the administrative tree is called "${wanted ?? ''}". bulwark units lists them; those of other trees are named by id.`)
}
