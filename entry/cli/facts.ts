/** facts import: results of tests, absence logs and the like, from a file of any length */
import type { Command } from 'commander'
import type { Static } from 'typebox'
import { newId, stableId } from '#kernel/ids.ts'
import { Problem } from '#kernel/problems.ts'
import * as facts from '#slices/facts/contract.ts'
import { act, type Act } from './act.ts'
import { columnsSaid, languageOfCli, moment } from './options.ts'
import { table } from './print.ts'
import { follow, sendInPieces, writeRows } from './pieces.ts'

type Import = Static<typeof facts.FactImport>
interface Given {
  apply?: boolean
  observed?: string
  column?: string[]
  bad?: string
}

export function factCommands(program: Command): void {
  const group = program.command('facts').description('上报 · what is known')
  group
    .command('import <file>')
    .description('从文件导入（检测结果、缺勤登记等），先检查后写入 · from a file (.csv .xlsx), checked first')
    .option('--apply', '检查后写入正确的行 · enter the good rows after the check')
    .option('--observed <time>', '文件没有时间列时的观测时间，如 2099-05-24T08:00+08:00 · when it was observed, where no column says so', moment)
    .option('--column <header=meaning...>', '指定某列，如 热度=temperature、编码=number、备注= （不读）· what a column means')
    .option('--bad <file>', '未收下的行写到这个文件（默认 <名>-未收下.csv）· where the rows not taken go')
    .action((path: string, given: Given, command: Command) => act(command, (doing) => importFile(doing, path, given)))
  group.command('imports').description('近 30 天的导入及进度 · imports of the last thirty days').action((_given: unknown, command: Command) =>
    act(command, async ({ session, print }) => {
      const found = await session.call(facts.imports, {})
      print(found, () => table(['文件 file', '状态 state', '进度 done', '行 rows', '有误 bad', '新写入 stored', 'id'], found.imports.map((one) => [one.fileName, one.state, `${Math.floor(one.progress * 100)} %`, one.counts.rows, one.counts.bad, one.counts.stored, one.importId])))
    }),
  )
}

async function importFile({ session, options, print }: Act, path: string, given: Given): Promise<void> {
  const importId = newId()
  const english = languageOfCli(options) === 'en'
  const wait = (label: string): Promise<Import> => follow(session, label, async () => (await session.call(facts.findImport, { importId })).import, (now) => now.counts.rows)
  await sendInPieces(path, {
    most: facts.importLimit, piece: facts.pieceSize,
    announce: (fileName, bytes) => session.call(facts.startImport, { importId, fileName, bytes }),
    send: (starts, file) => session.call(facts.sendPiece, { importId, starts }, { file, requestId: stableId('piece', importId, String(starts)) }),
  })
  await session.call(facts.checkImport, { importId, columns: columnsSaid(given.column ?? []), ...(given.observed ? { observedAt: given.observed } : {}) })
  let done = await wait('检查 checking')
  if (done.refusal) {
    await session.call(facts.dropImport, { importId })
    throw new Problem(422, done.refusal.code, `${done.refusal.zh}认出的列：${columnsText(done)}`, `${done.refusal.en} Columns: ${columnsText(done)}`)
  }
  const { bad } = await session.call(facts.findImport, { importId })
  if (given.apply) {
    await session.call(facts.applyImport, { importId })
    done = await wait('写入 entering')
  }
  const badFile = done.counts.bad ? await writeRows(path, given.bad, (after) => session.call(facts.badRows, { importId, ...(after ? { after } : {}) })).catch((error: unknown) => {
    if (!given.apply || !(error instanceof Problem)) throw error
    throw new Problem(422, 'bad-rows-not-written', `正确的行已写入；未收下的行没能写成文件：${error.zh}用 --bad 指定别处再导一次，已写入的不会重复。`, `The good rows were entered; those not taken could not be written to a file: ${error.en} Name another place with --bad and import again; nothing is entered twice.`)
  }) : null
  if (!given.apply) await session.call(facts.dropImport, { importId })
  print({ ...done, applied: done.state === 'applied', badFile, bad }, () => [
    `列 columns ${columnsText(done)}`,
    `行 rows ${done.counts.rows}  正确 good ${done.counts.good}  有误 bad ${done.counts.bad}  存疑 doubtful ${done.counts.doubtful}  信息 facts ${done.counts.facts}${given.apply ? `  新写入 stored ${done.counts.stored}  较旧 older ${done.counts.older}  原已有 there before ${done.counts.repeated}` : ''}`,
    ...(bad.length ? ['', table(['行 row', '原因 why'], bad.slice(0, 30).map((row) => [row.rowNo, row.reasons.map((one) => (english ? one.en : one.zh)).join(english ? '; ' : '；')]))] : []),
    ...(done.counts.bad > 30 ? [`… 共 ${done.counts.bad} 行，以上是前 ${Math.min(30, bad.length)} 行 · ${done.counts.bad} in all, the first ${Math.min(30, bad.length)} are shown`] : []),
    ...(badFile ? [`未收下的行在 the rows not taken are in ${badFile}`] : []),
    given.apply ? '已写入 · entered' : '尚未写入；加 --apply 生效 · nothing was entered; add --apply',
  ].join('\n'))
  // Some rows came back: a script must notice.
  if (done.counts.bad) process.exitCode = 3
}

const columnsText = (one: Import) => one.columns.map((column) => `${column.header}→${column.role === 'fact' ? column.attribute : column.role === 'ignored' ? '—' : column.role}${column.guessed ? '?' : ''}`).join('  ') || '—'
