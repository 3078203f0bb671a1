/** call NAME: any call of the contracts; openapi: their document. */
import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { openApi } from '#kernel/openapi.ts'
import { badInput, Problem } from '#kernel/problems.ts'
import { act, globalOptions, printer } from './act.ts'
import { userFile } from './files.ts'
import { table } from './print.ts'

export function callCommands(program: Command): void {
  program
    .command('call <name> [input]')
    .description('执行任一接口，输入为 JSON（- 表示标准输入） · run any call with JSON input')
    .option('--file <path>', '随附文件 · attach a file')
    .option('--request-id <uuid>', '同一编号只执行一次 · done once per id')
    .action((name: string, input: string | undefined, given: { file?: string; requestId?: string }, command: Command) =>
      act(command, async ({ session }) => {
        const { assembly } = await import('../assembly.ts')
        const found = assembly.calls.find((one) => one.call.name === name)
        if (!found) throw new Problem(404, 'no-such-call', `没有接口“${name}”。`, `There is no call "${name}".`)
        const text = input === '-' ? readFileSync(0, 'utf8') : (input ?? '{}')
        let value: unknown
        try {
          value = JSON.parse(text)
        } catch {
          throw badInput('输入不是合法的 JSON。', 'The input is not valid JSON.')
        }
        const output = await session.call(found.call, value, { ...(given.file ? { file: await userFile(given.file) } : {}), ...(given.requestId ? { requestId: given.requestId } : {}) })
        process.stdout.write(`${JSON.stringify(output, null, 2)}\n`)
      }),
    )
  program.command('calls').description('全部接口及所需权限 · all calls with the permission each needs').action(async (_given: unknown, command: Command) => {
    const { assembly } = await import('../assembly.ts')
    const rows = assembly.calls.map(({ call }) => ({ name: call.name, kind: call.kind, needs: call.needs, about: call.about.kind, zh: call.summary[0], en: call.summary[1] }))
    printer(globalOptions(command))(rows, () => table(['call', 'kind', 'needs', 'about', ''], rows.map((row) => [row.name, row.kind, row.needs, row.about, row.zh])))
  })
  program.command('openapi').description('OpenAPI 3.1 文档 · the API document').action(async () => {
    const { assembly } = await import('../assembly.ts')
    process.stdout.write(`${JSON.stringify(openApi(assembly.calls.map(({ call }) => call)), null, 2)}\n`)
  })
}
