/** notice read | import | issue | list | show */
import type { Command } from 'commander'
import type { Output } from '#kernel/contract.ts'
import { newId } from '#kernel/ids.ts'
import { Problem } from '#kernel/problems.ts'
import * as notices from '#slices/notices/contract.ts'
import { extractDocument } from '#slices/notices/reading/extract.ts'
import { readNotice } from '#slices/notices/reading/read.ts'
import { toSummary } from '#slices/notices/reading/summary.ts'
import { ReadingRefused } from '#slices/notices/reading/refused.ts'
import { act, globalOptions, printer, type Act } from './act.ts'
import { userFile } from './files.ts'
import { readable } from './notice-words.ts'
import { say, table } from './print.ts'

export function noticeCommands(program: Command): void {
  const notice = program.command('notice').description('通知 · notices')
  notice
    .command('read <file>')
    .description('研读通知，不保存 · read a notice (.docx .pdf .html .txt); stores nothing')
    .option('--full', '连同条款、疑问、依据步骤 · the whole reading, with clauses, doubts and steps')
    .action(async (path: string, given: { full?: boolean }, command: Command) => {
      const file = await userFile(path)
      const extracted = await extractDocument(file.bytes, file.name).catch((error: unknown) => {
        throw error instanceof ReadingRefused ? new Problem(422, `reading-${error.code}`, error.zh, error.en) : error
      })
      const reading = readNotice(extracted.text)
      for (const warning of extracted.warnings) say(`! ${warning.zh} · ${warning.en}`)
      if (!reading.isNotice) say('! 这看起来不是一份通知 · this does not look like a notice')
      printer(globalOptions(command))(given.full ? reading : toSummary(reading), () => readable(reading, Math.min(120, process.stdout.columns ?? 100)))
    })
  notice
    .command('import <file>')
    .description('导入为草稿 · import as a draft to confirm')
    .option('--response <id>', '所属应急响应 · response')
    .option('--again', '即使已有相同通知 · although the same notice is here')
    .action((path: string, given: { response?: string; again?: boolean }, command: Command) =>
      act(command, async ({ session, print }) => {
        const made = await session.call(notices.importNotice, { noticeId: newId(), ...(given.response ? { responseId: given.response } : {}), ...(given.again ? { again: true } : {}) }, { file: await userFile(path) })
        print(made, () => `${made.title || '（无标题 no title）'}\n${made.duties} 条任务（其中禁止性 ${made.prohibitions}），${made.doubts} 处疑问 · ${made.duties} duties, ${made.prohibitions} prohibitions, ${made.doubts} doubts\n${made.noticeId}`)
      }),
    )
  notice
    .command('issue <id>')
    .description('签发已核对的草稿 · issue a draft')
    .option('--confirm-all', '先确认全部任务 · confirm all duties first')
    .option('--leave-unconfirmed', '没有确认的任务不下发 · leave out duties that are not confirmed')
    .option('--accept-blanks', '允许仍有空白项 · although some blanks are empty')
    .option('--sponsor <who>', '超出负担上限时，由谁担责、为何 · who answers for going over the budget, and why')
    .option('--for <name>', '代谁签发 · on whose behalf')
    .option('--dry-run', '只预览：会送达多少、还缺什么；签发会被拒绝时退出码为 1 · preview only; exit code 1 where the issue would be refused')
    .action((noticeId: string, given: IssueOptions, command: Command) => act(command, (doing) => issue(doing, noticeId, given)))
  notice.command('list').description('已签发的通知 · issued notices').option('--drafts', '未签发的草稿 · drafts instead').action((given: { drafts?: boolean }, command: Command) =>
    act(command, async ({ session, print }) => {
      const found = given.drafts ? await session.call(notices.drafts, {}) : await session.call(notices.list, {})
      print(found, () => table(['编号 id', '状态', '日期', '标题'], found.notices.map((one) => [one.noticeId, one.status, one.date, one.title])))
    }),
  )
  notice.command('show <id>').description('通知落实到哪一步 · how far a notice is carried out').action((noticeId: string, _given: unknown, command: Command) =>
    act(command, async ({ session, print }) => {
      const found = await session.call(notices.get, { noticeId }).catch(async (error: unknown) => {
        const draft = (await session.call(notices.drafts, {}).catch(() => ({ notices: [] }))).notices.some((one) => one.noticeId === noticeId)
        throw draft ? new Problem(409, 'not-issued', `这份通知还是草稿，没有下发。加 --dry-run 看会送达多少：bulwark notice issue ${noticeId} --dry-run`, `This notice is a draft; nothing was sent. See whom it would reach: bulwark notice issue ${noticeId} --dry-run`) : error
      })
      print(found, () => {
        const { notice, header, duties, progress, receipts } = found
        const short = (text: string) => (text.length > 30 ? `${text.slice(0, 29)}…` : text)
        return [
          [notice.title, header.issuer, header.docNumber, header.date].filter(Boolean).join(' · '),
          `任务 ${progress.total} 项 = 已办结 ${progress.done} + 待审核 ${progress.reported} + 办理中 ${progress.underWay} + 待签收 ${progress.waiting} + 逾期 ${progress.overdue} + 无人负责 ${progress.nobody}；已阅 ${receipts.opened} / ${receipts.people} 人`, '',
          table(['条', '任务 duty', '单位', '办结', '逾期', '无人', '未办 not yet'], duties.map((one) => [one.clause, short(one.text), one.progress.total, one.progress.done, one.progress.overdue, one.progress.nobody, one.missing.slice(0, 3).map((missing) => missing.unit.name).join('、')])),
        ].join('\n')
      })
    }),
  )
}

interface IssueOptions {
  confirmAll?: boolean
  leaveUnconfirmed?: boolean
  acceptBlanks?: boolean
  sponsor?: string
  for?: string
  dryRun?: boolean
}
type Preview = Output<typeof notices.preview>

/** What keeps a draft from being issued as it is asked for, each with what to say to go on. */
function obstacles(preview: Preview, given: IssueOptions): { code: string; zh: string; en: string }[] {
  const options: Record<string, [zh: string, en: string] | undefined> = {
    'nothing-confirmed': ['请在控制台逐条核对，或加 --confirm-all。', 'Confirm them in the console, or add --confirm-all.'], 'prohibition-open': ['请在控制台处理，或加 --confirm-all。', 'See to them in the console, or add --confirm-all.'],
    ...(given.leaveUnconfirmed ? {} : { unconfirmed: ['加 --confirm-all 一并确认，或加 --leave-unconfirmed 不下发。', 'Add --confirm-all to confirm them, or --leave-unconfirmed to leave them out.'] }),
    ...(given.acceptBlanks ? {} : { blanks: ['请在控制台填写，或加 --accept-blanks。', 'Fill them in the console, or add --accept-blanks.'] }), ...(given.sponsor ? {} : { burden: ['加 --sponsor "谁，为何"。', 'Add --sponsor "who, and why".'] }),
  }
  const told = (one: { code: string; zh: string; en: string }, more: [string, string] = ['', '']) => ({ code: one.code, zh: `${one.zh}${more[0]}`, en: `${one.en} ${more[1]}`.trim() })
  return [...preview.stops.map((one) => told(one, options[one.code])), ...preview.asks.flatMap((one) => { const more = options[one.code]; return more ? [told(one, more)] : [] })]
}

/** Whom it reaches, level by level, and what speaks against it. */
function previewWords(preview: Preview, against: readonly { zh: string; en: string }[]): string {
  const { duties, levels, roster } = preview
  const heeded = preview.asks.filter((one) => !against.some((other) => other.zh.startsWith(one.zh)))
  return [
    `任务 duties：已确认 confirmed ${duties.confirmed}，待确认 proposed ${duties.proposed}，舍去 dropped ${duties.dropped}`,
    ...(levels.length ? [table(['层级 level', '单位 units', '有责任人 owned', '人数 people'], levels.map((level) => [level.kind, level.units, level.owned, level.people])), `送达 reached ${roster.reached} / ${roster.people} 人 people`] : ['按现在的草稿不会送达任何人 · as it stands, the draft reaches nobody']),
    ...heeded.map((one) => `! ${one.zh} · ${one.en}`), ...against.map((one) => `✗ ${one.zh} · ${one.en}`),
  ].join('\n')
}

async function issue({ session, print }: Act, noticeId: string, given: IssueOptions): Promise<void> {
  if (given.confirmAll && !given.dryRun) await session.call(notices.confirmDuties, { noticeId })
  const foresee = given.dryRun && given.confirmAll
  const preview = await session.call(notices.preview, { noticeId, ...(foresee ? { all: true } : {}) })
  // As if all were confirmed, nothing is left open.
  const seen = foresee ? { ...preview, stops: preview.stops.filter((one) => one.code !== 'prohibition-open'), asks: preview.asks.filter((one) => one.code !== 'unconfirmed') } : preview
  const against = obstacles(seen, given)
  if (given.dryRun) {
    print({ ...preview, refused: against }, () => previewWords(seen, against))
    if (against.length) process.exitCode = 1
    return
  }
  const [first] = against
  if (first) throw new Problem(422, first.code, `${first.zh}${given.confirmAll ? '任务已确认，通知没有签发。' : '没有签发。'}`, `${first.en} ${given.confirmAll ? 'The duties are confirmed, the notice was not issued.' : 'Nothing was issued.'}`, { refused: against })
  const done = await session.call(notices.issue, {
    noticeId, acknowledgePast: preview.past.map((one) => one.dutyId), ...(given.acceptBlanks ? { acceptBlanks: true } : {}), ...(given.leaveUnconfirmed ? { leaveUnconfirmed: true } : {}), ...(given.sponsor ? { sponsor: given.sponsor } : {}), ...(given.for ? { onBehalfOf: given.for } : {}),
  })
  print(done, () => `${previewWords(seen, [])}\n已签发 · issued：${done.duties} 条任务 duties → ${done.units} 个单位 units，${done.assignments} 项 assignments，${done.responsible} 位责任人 responsible，${done.people} 人 people`)
}
