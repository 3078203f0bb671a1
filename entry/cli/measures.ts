/** coverage, gaps, measure list */
import type { Command } from 'commander'
import { newId } from '#kernel/ids.ts'
import { giveReason } from '#slices/directory/contract.ts'
import * as measures from '#slices/measures/contract.ts'
import { act } from './act.ts'
import { unitIdOf } from './directory.ts'
import { moment, whole } from './options.ts'
import { table } from './print.ts'

export function measureCommands(program: Command): void {
  program.command('coverage [unit]').description('覆盖情况 · coverage of a unit and the units just below it').option('--at <moment>', '当时已掌握的情况，如 "2026-11-21 17:00"（本机时区）或带时区的时刻 · as it was known at a moment of this machine\'s clock, or with an offset', moment).action((unit: string | undefined, given: { at?: string }, command: Command) =>
    act(command, async ({ session, print }) => {
      const unitId = await unitIdOf(session, unit)
      const found = given.at === undefined ? await session.call(measures.coverage, { unitId }) : await session.call(measures.coverageKnownAt, { unitId, at: given.at })
      const past = given.at === undefined ? '' : `以下是 ${found.asOf} 时已掌握的情况，不是现在 · as it was known then, not now\n\n`
      print(found, () =>
        past + found.measures.map((measure) => {
          const line = (name: string, cells: typeof found.total) => {
            const cell = cells.find((one) => one.measureId === measure.measureId)
            return [name, cell?.population ?? 0, cell?.kept ?? 0, cell?.gap ?? 0, cell?.excused ?? 0, cell?.unknown ?? 0]
          }
          const rows = [line(`${found.unit.name}（合计 total）`, found.total), ...found.rows.map((row) => line(row.unit.name, row.cells)).filter((row) => row[1] !== 0)]
          return `${measure.name.zh} · ${measure.name.en}\n${table(['组织 unit', '应有 population', '达标 kept', '缺口 gap', '免除 excused', '未知 unknown'], rows)}`
        }).join('\n\n'),
      )
    }),
  )
  program
    .command('gaps [unit]')
    .description('缺口名单及责任人 · gaps by name with who answers for them')
    .option('--measure <id>', '只看一项措施 · of one measure')
    .option('--page <n>', '1, 2, …', whole(1, 10_000), 1)
    .option('--size <n>', '1–500 行 rows', whole(1, 500), 50)
    .option('--reason <words>', '事由：按职务先看数字的，查看名单前须说明 · why, for those whose office gives counts')
    .action((unit: string | undefined, given: { measure?: string; page: number; size: number; reason?: string }, command: Command) =>
      act(command, async ({ session, print }) => {
        const unitId = await unitIdOf(session, unit)
        if (given.reason) await session.call(giveReason, { reasonId: newId(), unitId, words: given.reason })
        const found = await session.call(measures.gaps, { unitId, page: given.page, size: given.size, ...(given.measure ? { measureId: given.measure } : {}) })
        print(found, () => `${found.total} 个缺口 gaps\n${table(['姓名 name', '措施 measure', '状态', '组织 unit', '责任人 owner', '电话 phone', '已联系 tried'], found.gaps.map((gap) => [gap.subject.name, gap.measure.zh, gap.state, gap.subject.unit?.name ?? null, gap.owner ? `${gap.owner.person.name}（${gap.owner.officeTitle}）` : '无 nobody', gap.owner?.phone ?? null, gap.contacts]))}`)
      }),
    )
  program.command('measures').description('措施 · the measures').option('--ended', '已结束的 · those that ended').action((given: { ended?: boolean }, command: Command) =>
    act(command, async ({ session, print }) => {
      const found = await session.call(measures.list, given.ended ? { ended: true } : {})
      print(found, () => table(['措施 measure', '状态', '依据 basis', 'id'], found.measures.map((one) => [one.name.zh, one.status, one.basis, one.measureId])))
    }),
  )
}
