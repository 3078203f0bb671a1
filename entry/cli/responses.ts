/** response open | list | level | close */
import type { Command } from 'commander'
import { newId } from '#kernel/ids.ts'
import * as responses from '#slices/responses/contract.ts'
import { act } from './act.ts'
import { table } from './print.ts'

export function responseCommands(program: Command): void {
  const response = program.command('response').description('应急响应 · responses')
  response.command('list').option('--closed', '含已结束 · closed ones too').action((given: { closed?: boolean }, command: Command) =>
    act(command, async ({ session, print }) => {
      const found = await session.call(responses.list, { closed: given.closed ?? false })
      print(found, () => table(['名称 name', '级别 level', '状态', '第几天 day', 'id'], found.responses.map((one) => [one.name, one.level, one.status, one.day, one.responseId])))
    }),
  )
  response
    .command('open <name>')
    .requiredOption('--hazards <list>', 'influenza,flood,…', (text: string) => text.split(','))
    .requiredOption('--level <1-4>', 'level', Number)
    .requiredOption('--basis <text>', '法律依据 · legal basis')
    .requiredOption('--decided-by <who>', '决定人 · who decided')
    .option('--until <instant>', '预计结束 · planned end')
    .action((name: string, given: { hazards: string[]; level: number; basis: string; decidedBy: string; until?: string }, command: Command) =>
      act(command, async ({ session, print }) => {
        const made = await session.call(responses.open, { responseId: newId(), name, hazards: given.hazards as 'flood'[], level: given.level, basis: given.basis, decidedBy: given.decidedBy, plannedEnd: given.until ?? null })
        print(made, () => `${made.name}  ${made.responseId}`)
      }),
    )
  response.command('level <id> <level>').requiredOption('--reason <text>').requiredOption('--decided-by <who>').action((responseId: string, level: string, given: { reason: string; decidedBy: string }, command: Command) =>
    act(command, async ({ session, print }) => {
      const made = await session.call(responses.changeLevel, { responseId, level: Number(level), ...given })
      print(made, () => `${made.name}  ${made.level}`)
    }),
  )
  response.command('close <id>').requiredOption('--reason <text>').requiredOption('--decided-by <who>').action((responseId: string, given: { reason: string; decidedBy: string }, command: Command) =>
    act(command, async ({ session, print }) => {
      await session.call(responses.close, { responseId, ...given })
      print({ responseId }, () => '已结束 · closed')
    }),
  )
}
