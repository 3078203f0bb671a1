/** roster import, units, people */
import type { Command } from 'commander'
import { newId } from '#kernel/ids.ts'
import * as directory from '#slices/directory/contract.ts'
import { act } from './act.ts'
import { userFile } from './files.ts'
import { progress, say, table } from './print.ts'

export function directoryCommands(program: Command): void {
  const roster = program.command('roster').description('名册 · the roster')
  roster
    .command('import <file>')
    .description('预览并导入名册、职务或联系户表 · preview, then import (.xlsx .csv; any header order)')
    .option('--kind <kind>', 'people, offices, links')
    .option('--covers <kind>', '文件覆盖全部 student / staff：缺者视为离开 · the file is complete for this kind')
    .option('--apply', '预览后直接导入 · apply after the preview')
    .option('--apply-left', '并将缺者标为离开 · also mark those missing as left')
    .action((path: string, given: { kind?: 'people' | 'offices' | 'links'; covers?: 'student' | 'staff' | 'contractor'; apply?: boolean; applyLeft?: boolean }, command: Command) =>
      act(command, async ({ session, print }) => {
        const bar = progress('读取 reading')
        const importId = newId()
        const seen = await session.call(directory.previewRoster, { importId, ...(given.kind ? { kind: given.kind } : {}), ...(given.covers ? { covers: given.covers } : {}) }, { file: await userFile(path) })
        bar.end(`${seen.summary.rows} 行 rows`)
        const { summary } = seen
        const text = () => [
          `接受 accepted ${summary.accepted}  拒绝 refused ${summary.refused}  有疑点 doubtful ${summary.doubtful}  新增 arrived ${summary.arrived}  调动 moved ${summary.moved}  变更 changed ${summary.changed}  不变 same ${summary.unchanged}  缺失 missing ${summary.left}  新组织 new units ${summary.newUnits}`,
          ...(summary.refusals.length ? ['', table(['位置 at', '原因 why', 'why'], summary.refusals.slice(0, 30).map((one) => [one.at, one.zh, one.en]))] : []),
          ...(summary.doubts.length ? ['', table(['位置 at', '疑点 doubt', '取值 taken'], summary.doubts.slice(0, 30).map((one) => [one.at, one.zh, one.taken]))] : []),
        ].join('\n')
        if (!given.apply) {
          print({ ...seen, applied: false }, () => `${text()}\n\n尚未导入；加 --apply 生效 · not applied; add --apply`)
          return
        }
        say(text())
        const applying = progress('导入 applying')
        const done = await session.call(directory.applyRoster, { importId, ...(given.applyLeft ? { applyLeft: true } : {}) })
        applying.end()
        print({ ...seen, summary: done.summary, applied: true }, () => '已导入 · applied')
      }),
    )
  program.command('units [tree]').description('组织 · units of a tree (admin, party, residence)').option('--depth <n>', 'levels', Number, 2).action((tree: 'admin' | undefined, given: { depth: number }, command: Command) =>
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

/** A unit by its id or by a name that is unique. */
export async function unitIdOf(session: { call: import('#kernel/client.ts').Client['call'] }, wanted: string | undefined): Promise<string> {
  if (wanted && /^[0-9a-f]{8}-/.test(wanted)) return wanted
  const { units } = await session.call(directory.units, { tree: 'admin', depth: 8 })
  const root = units.find((unit) => unit.parentId === null)
  if (!wanted && root) return root.unitId
  const same = units.filter((unit) => unit.name === wanted)
  if (same.length === 1 && same[0]) return same[0].unitId
  const { Problem } = await import('#kernel/problems.ts')
  throw new Problem(404, 'which-unit', `找不到组织“${wanted}”，或有多个同名。`, `There is no unit "${wanted}", or several of that name.`)
}
