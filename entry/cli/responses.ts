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
  response.command('erasure <id>').description('擦除：何时、是否暂缓、会删什么，完成后为证明 · when, held or not, what would go; the certificate once done').action((responseId: string, _given: unknown, command: Command) =>
    act(command, async ({ session, print }) => {
      const found = await session.call(responses.erasure, { responseId })
      const rows = found.certificate?.erased ?? (found.startedAt ? [] : (await session.call(responses.erasurePreview, { responseId })).rows)
      const dates = [`${found.state}${found.on ? `  ${found.on}` : ''}  ${found.days} 天 days`, ...found.holds.filter((hold) => !hold.liftedAt).map((hold) => `暂缓至 held until ${hold.until}  ${hold.reason} (${hold.decidedBy})`), ...(found.certificate ? [`sha256 ${found.certificate.sha256}`] : [])]
      print({ ...found, rows }, () => [...dates, table(['', '', '行 rows'], rows.filter((one) => one.rows > 0).map((one) => [one.name.zh, one.name.en, one.rows]))].join('\n'))
    }),
  )
  response
    .command('hold <id>')
    .description('暂缓擦除 · hold the erasure back')
    .requiredOption('--reason <text>')
    .requiredOption('--until <instant>')
    .requiredOption('--decided-by <who>')
    .action((responseId: string, given: { reason: string; until: string; decidedBy: string }, command: Command) =>
      act(command, async ({ session, print }) => {
        const holdId = newId()
        await session.call(responses.hold, { holdId, responseId, reason: given.reason, until: new Date(given.until).toISOString(), decidedBy: given.decidedBy })
        print({ holdId }, () => `已暂缓 · held  ${holdId}`)
      }),
    )
  response.command('lift <hold>').description('解除暂缓 · lift a hold').requiredOption('--reason <text>').action((holdId: string, given: { reason: string }, command: Command) =>
    act(command, async ({ session, print }) => {
      await session.call(responses.liftHold, { holdId, reason: given.reason })
      print({ holdId }, () => '已解除 · lifted')
    }),
  )
  response.command('rule <days>').description('响应结束后多少天擦除（0 至 180） · days after which personal rows are erased').requiredOption('--basis <text>', '依据 · basis').requiredOption('--decided-by <who>').action((days: string, given: { basis: string; decidedBy: string }, command: Command) =>
    act(command, async ({ session, print }) => {
      await session.call(responses.setErasureRule, { days: Number(days), ...given })
      print({ days: Number(days) }, () => `${days} 天 days`)
    }),
  )
}
