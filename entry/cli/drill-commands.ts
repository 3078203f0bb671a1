/** demo and drill: what can be said on the command line. */
import { Command } from 'commander'
import * as drills from '#slices/drills/contract.ts'
import { act, globalOptions } from './act.ts'
import type { DemoOptions } from './drill.ts'
import { portOption, whole } from './options.ts'
import { table } from './print.ts'

export function demoCommand(): Command {
  return new Command('demo')
    .description('演示：虚拟校园度过数日 · a synthetic campus lives several days, then the server keeps running')
    .option('--notice <file>', '使用这份通知 · carry this notice')
    .option('--students <n>', '学生人数，60–60000 · students', whole(60, 60_000), 30_000)
    .option('--staff <n>', '教职工人数，0–60000 · staff', whole(0, 60_000), 3000)
    .option('--seed <n>', '随机种子，同一个数得到同一所校园 · the same number makes the same campus', whole(0, 2 ** 31), 20260401)
    .option('--days <n>', '度过几天，1–14 · how many days', whole(1, 14), 2)
    .addOption(portOption())
    .option('--host <host>', '监听地址 · address to listen on', '127.0.0.1')
    .option('--fresh', '清除上次演示，重新开始；不加则接着用它 · wipe the last demonstration and begin anew; else it is gone on with')
    .option('--exit', '演完即退出 · stop after the story')
    .action(async (given: DemoOptions, command: Command) => {
      const { demo } = await import('./drill.ts')
      const said = ['notice', 'students', 'staff', 'seed', 'days', 'exit'].some((option) => command.getOptionValueSource(option) === 'cli')
      await demo({ ...given, said, json: globalOptions(command).json ?? false })
    })
}

export function drillCommand(): Command {
  const drill = new Command('drill').description('演练 · drills')
  drill.command('list').description('全部演练 · all drills').action((_given: unknown, command: Command) => act(command, async ({ session, print }) => {
    const found = await session.call(drills.list, {})
    print(found, () => table(['代码 code', '名称 name'], found.drills.map((one) => [one.code, one.name])))
  }, { anyInstitution: true }))
  drill.command('wipe <code>').description('清除一个演练的全部数据 · wipe a drill').action((wanted: string, _given: unknown, command: Command) => act(command, async ({ session, print }) => {
    session.institution = wanted
    const done = await session.call(drills.wipe, { code: wanted })
    print(done, () => '已清除 · wiped')
  }))
  return drill
}
