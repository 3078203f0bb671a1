/** response open | list | level | close */
import { Argument, InvalidArgumentError, type Command } from 'commander'
import { newId } from '#kernel/ids.ts'
import * as responses from '#slices/responses/contract.ts'
import { hazards, type HazardName } from '#slices/responses/rules.ts'
import { act } from './act.ts'
import { moment, whole } from './options.ts'
import { table } from './print.ts'

export function responseCommands(program: Command): void {
  const response = program.command('response').description('应急响应 · responses')
  response.command('list').description('进行中的响应 · open responses').option('--closed', '含已结束 · closed ones too').action((given: { closed?: boolean }, command: Command) =>
    act(command, async ({ session, print }) => {
      const found = await session.call(responses.list, { closed: given.closed ?? false })
      print(found, () => table(['名称 name', '级别 level', '状态', '第几天 day', 'id'], found.responses.map((one) => [one.name, one.level, one.status, one.day, one.responseId])))
    }),
  )
  response
    .command('open <name>')
    .description('启动应急响应 · open a response')
    .requiredOption('--hazards <list>', `灾种，逗号分隔 · separated by commas: ${hazards.join(',')}`, hazardList)
    .requiredOption('--level <1-4>', '1 最高 · 1 is the highest', whole(1, 4))
    .requiredOption('--basis <text>', '法律依据 · legal basis')
    .requiredOption('--decided-by <who>', '决定人 · who decided')
    .option('--until <moment>', '预计结束 · planned end', moment)
    .action((name: string, given: { hazards: HazardName[]; level: number; basis: string; decidedBy: string; until?: string }, command: Command) =>
      act(command, async ({ session, print }) => {
        const made = await session.call(responses.open, { responseId: newId(), name, hazards: given.hazards, level: given.level, basis: given.basis, decidedBy: given.decidedBy, plannedEnd: given.until ?? null })
        print(made, () => `${made.name}  ${made.responseId}`)
      }),
    )
  response.command('level').description('调整级别 · raise or lower the level').argument('<id>').addArgument(new Argument('<level>', '1–4').argParser(whole(1, 4))).requiredOption('--reason <text>', '理由 · reason').requiredOption('--decided-by <who>', '决定人 · who decided').action((responseId: string, level: number, given: { reason: string; decidedBy: string }, command: Command) =>
    act(command, async ({ session, print }) => {
      const made = await session.call(responses.changeLevel, { responseId, level, ...given })
      print(made, () => `${made.name}  ${made.level}`)
    }),
  )
  response.command('close <id>').description('结束响应：停止采集，开始计擦除日期 · close: stops asking, sets the date of erasure').requiredOption('--reason <text>', '理由 · reason').requiredOption('--decided-by <who>', '决定人 · who decided').action((responseId: string, given: { reason: string; decidedBy: string }, command: Command) =>
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
    .requiredOption('--reason <text>', '理由 · reason')
    .requiredOption('--until <moment>', '暂缓到何时 · until when', moment)
    .requiredOption('--decided-by <who>', '决定人 · who decided')
    .action((responseId: string, given: { reason: string; until: string; decidedBy: string }, command: Command) =>
      act(command, async ({ session, print }) => {
        const holdId = newId()
        await session.call(responses.hold, { holdId, responseId, reason: given.reason, until: given.until, decidedBy: given.decidedBy })
        print({ holdId }, () => `已暂缓 · held  ${holdId}`)
      }),
    )
  response.command('lift <hold>').description('解除暂缓 · lift a hold').requiredOption('--reason <text>', '理由 · reason').action((holdId: string, given: { reason: string }, command: Command) =>
    act(command, async ({ session, print }) => {
      await session.call(responses.liftHold, { holdId, reason: given.reason })
      print({ holdId }, () => '已解除 · lifted')
    }),
  )
  response.command('rule').addArgument(new Argument('<days>', '0–180').argParser(whole(0, 180))).description('响应结束后多少天擦除（0 至 180） · days after which personal rows are erased').requiredOption('--basis <text>', '依据 · basis').requiredOption('--decided-by <who>', '决定人 · who decided').action((days: number, given: { basis: string; decidedBy: string }, command: Command) =>
    act(command, async ({ session, print }) => {
      await session.call(responses.setErasureRule, { days, ...given })
      print({ days }, () => `${days} 天 days`)
    }),
  )
}

function hazardList(text: string): HazardName[] {
  const wanted = text.split(/[,，]/).map((one) => one.trim())
  const unknown = wanted.filter((one) => !(hazards as readonly string[]).includes(one))
  if (unknown.length) throw new InvalidArgumentError(`没有灾种“${unknown.join('、')}”，可选 · no such hazard; there are ${hazards.join(', ')}`)
  return wanted as HazardName[]
}
