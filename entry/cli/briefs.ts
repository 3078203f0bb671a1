/** brief draft | download | list */
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { newId } from '#kernel/ids.ts'
import * as briefs from '#slices/briefs/contract.ts'
import { act } from './act.ts'
import { unitIdOf } from './directory.ts'
import { choice } from './options.ts'
import { table } from './print.ts'

export function briefCommands(program: Command): void {
  const brief = program.command('brief').description('专报 · briefs')
  brief
    .command('draft')
    .description('由实时数据起草 · draft from live figures')
    .option('--unit <unit>', '组织名称或编号，缺省全校 · unit, by name or id; else the whole institution')
    .option('--notice <id>', '只写这份通知 · about one notice')
    .option('--response <id>', '只写这次响应 · about one response')
    .action((given: { unit?: string; notice?: string; response?: string }, command: Command) =>
      act(command, async ({ session, print }) => {
        const made = await session.call(briefs.draft, { briefId: newId(), unitId: await unitIdOf(session, given.unit), ...(given.notice ? { noticeId: given.notice } : {}), ...(given.response ? { responseId: given.response } : {}) })
        print(made, () => `${made.title}\n${table(['数字 figure', '值 value'], made.figures.map((figure) => [figure.label.zh, figure.hidden ? '—' : (figure.words?.zh ?? figure.value)]))}\n${made.briefId}`)
      }),
    )
  brief.command('download <id>').description('下载 · download').addOption(choice('--format <format>', '格式', ['docx', 'pdf', 'xlsx']).default('docx')).option('--out <folder>', '放到哪个文件夹 · into this folder', '.').action((briefId: string, given: { format: 'docx'; out: string }, command: Command) =>
    act(command, async ({ session, print }) => {
      const file = await session.call(briefs.download, { briefId, format: given.format })
      const path = resolve(join(given.out, file.fileName.replace(/[\\/:*?"<>|]/g, '_')))
      await writeFile(path, Buffer.from(file.base64, 'base64'))
      print({ path }, () => path)
    }),
  )
  brief.command('list').description('已有的专报 · briefs of a unit and those below').option('--unit <unit>', '组织名称或编号 · unit, by name or id').action((given: { unit?: string }, command: Command) =>
    act(command, async ({ session, print }) => {
      const found = await session.call(briefs.list, { unitId: await unitIdOf(session, given.unit), below: true })
      print(found, () => table(['标题 title', '版 edition', '状态', '数据时间 as of', 'id'], found.briefs.map((one) => [one.title, one.edition, one.state, one.asOf, one.briefId])))
    }),
  )
}
