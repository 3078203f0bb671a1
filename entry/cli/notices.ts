/** notice read | import | issue | list | show */
import type { Command } from 'commander'
import { newId } from '#kernel/ids.ts'
import { Problem } from '#kernel/problems.ts'
import * as notices from '#slices/notices/contract.ts'
import { extractDocument } from '#slices/notices/reading/extract.ts'
import { readNotice } from '#slices/notices/reading/read.ts'
import { toSummary } from '#slices/notices/reading/summary.ts'
import { ReadingRefused } from '#slices/notices/reading/refused.ts'
import { act, globalOptions, printer } from './act.ts'
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
    .option('--accept-blanks', '允许仍有空白项 · although some blanks are empty')
    .option('--for <name>', '代谁签发 · on whose behalf')
    .option('--dry-run', '只预览 · preview only')
    .action((noticeId: string, given: { confirmAll?: boolean; acceptBlanks?: boolean; for?: string; dryRun?: boolean }, command: Command) =>
      act(command, async ({ session, print }) => {
        if (given.confirmAll && !given.dryRun) await session.call(notices.confirmDuties, { noticeId })
        const preview = await session.call(notices.preview, { noticeId })
        const levels = () => table(['层级 level', '单位 units', '有责任人 owned', '人数 people'], preview.levels.map((level) => [level.kind, level.units, level.owned, level.people]))
        if (given.dryRun) return print(preview, levels)
        const done = await session.call(notices.issue, { noticeId, acknowledgePast: preview.past.map((one) => one.dutyId), ...(given.acceptBlanks ? { acceptBlanks: true } : {}), ...(given.for ? { onBehalfOf: given.for } : {}) })
        print(done, () => `${levels()}\n已签发 · issued: ${done.duties} 条任务 → ${done.units} 个单位，${done.assignments} 项，${done.responsible} 位责任人，${done.people} 人`)
      }),
    )
  notice.command('list').description('已签发的通知 · issued notices').option('--drafts', '未签发的草稿 · drafts instead').action((given: { drafts?: boolean }, command: Command) =>
    act(command, async ({ session, print }) => {
      const found = given.drafts ? await session.call(notices.drafts, {}) : await session.call(notices.list, {})
      print(found, () => table(['编号 id', '状态', '日期', '标题'], found.notices.map((one) => [one.noticeId, one.status, one.date, one.title])))
    }),
  )
  notice.command('show <id>').description('通知落实到哪一步 · how far a notice is carried out').action((noticeId: string, _given: unknown, command: Command) =>
    act(command, async ({ session, print }) => {
      const found = await session.call(notices.get, { noticeId })
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
