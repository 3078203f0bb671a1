/** serve, build, demo, db, drill: running the installation. */
import { Option, type Command } from 'commander'
import { drillCommand, demoCommand } from './drill-commands.ts'
import { globalOptions, printer } from './act.ts'
import { portOption } from './options.ts'
import { progress, say } from './print.ts'

export function runCommands(program: Command): void {
  program
    .command('serve')
    .description('启动服务 · serve the installation')
    .addOption(portOption())
    .addOption(new Option('--host <host>', '监听地址 · address to listen on').env('HOST').default('127.0.0.1'))
    .option('--strict-port', '端口被占用时报错 · fail where the port is taken')
    .option('--no-pages', '只提供接口，不构建网页 · serve the calls only')
    .action(async (given: { port: number; host: string; strictPort?: boolean; pages: boolean }) => {
      const [{ freshClaimToken }, { build }, { serve }, { dataFolder, findDatabase }] = await Promise.all([import('#kernel/claim.ts'), import('../build.ts'), import('../serve.ts'), import('../start.ts')])
      const database = await findDatabase()
      const pages = given.pages ? { dist: await build({ report: say }) } : {}
      const serving = await serve(database, { port: given.port, host: given.host, ...pages, strict: given.strictPort ?? false, report: say })
      const token = await freshClaimToken(database.ownerUrl)
      say(`堡垒 Bulwark  ${serving.origin}   手机端 phone: ${serving.origin}/m/   数据 data: ${process.env['DATABASE_URL'] ? 'DATABASE_URL' : dataFolder()}`)
      if (token) say(`首次使用：打开 ${serving.origin}/claim ，输入一次性认领口令 · first start: open /claim and enter the one-time token\n\n    ${token}\n`)
      const { findDemonstration, entrances, madeText } = await import('./demonstration.ts')
      const demonstration = await findDemonstration(serving.running)
      if (demonstration) say(`这里有 ${madeText(demonstration.madeAt)} 生成的演示，可以这样进去（清除：npx bulwark drill wipe demo） · there is a demonstration of ${madeText(demonstration.madeAt)}; this is the way in (npx bulwark drill wipe demo wipes it)\n\n${entrances(serving.origin, demonstration)}\n`)
      await untilStopped()
      await serving.close()
    })
  program.command('build').description('构建网页 · build the web pages').option('--force', '即使没有变化 · although nothing changed').action(async (given: { force?: boolean }) => {
    const { build } = await import('../build.ts')
    await build({ force: given.force ?? false, report: say })
  })

  const db = program.command('db').description('数据库 · the database')
  db.command('migrate')
    .description('升级数据库结构 · bring the schema up to date')
    .option('--citus', '随后按单位分布到 Citus 集群 · then distribute it by institution over a Citus cluster')
    .action(async (given: { citus?: boolean }, command: Command) => {
      const { findDatabase, prepare } = await import('../start.ts')
      const database = await findDatabase()
      const lines: string[] = []
      await prepare(database, (line) => lines.push(line))
      if (given.citus) {
        const [{ distribute }, { asOwner }] = await Promise.all([import('#kernel/citus.ts'), import('#kernel/database.ts')])
        await asOwner(database.ownerUrl, (client) => distribute(client, (line) => lines.push(line)))
      }
      printer(globalOptions(command))({ applied: lines }, () => lines.join('\n') || '已是最新 · current')
    })
  db.command('citus')
    .description('打印按单位分布的语句，不执行 · print how it would be distributed; runs nothing')
    .action(async (_given: unknown, command: Command) => {
      const { findDatabase, prepare } = await import('../start.ts')
      const database = await findDatabase()
      await prepare(database)
      const [{ citusPlan }, { asOwner }] = await Promise.all([import('#kernel/citus.ts'), import('#kernel/database.ts')])
      const plan = await asOwner(database.ownerUrl, citusPlan)
      printer(globalOptions(command))(plan, () => [...plan.problems.map((line) => `-- ✗ ${line}`), ...plan.cautions.map((line) => `-- ! ${line}`), `-- on the coordinator: ${plan.coordinator.join(', ')}`, ...plan.statements.map(({ text }) => `${text};`)].join('\n'))
      if (plan.problems.length) process.exitCode = 1
    })
  db.command('backup <file>')
    .description('备份全部数据到一个文件，服务不必停 · back everything up into one file while it runs')
    .action(async (file: string, _given: unknown, command: Command) => {
      // As it is: a backup before an update must not be the update.
      const [{ backup }, { findDatabase }] = await Promise.all([import('#kernel/backup.ts'), import('../start.ts')])
      const database = await findDatabase()
      const bar = progress('备份 backing up')
      const done = await backup(database.ownerUrl, file, (table, at, of) => bar.to(at, of, table))
      bar.end(`${done.rows} 行 rows, ${(done.bytes / 1048576).toFixed(1)} MB`)
      printer(globalOptions(command))({ file, ...done }, () => file)
    })
  db.command('restore <file>')
    .description('把备份恢复到空的安装 · bring a backup into an empty installation')
    .action(async (file: string, _given: unknown, command: Command) => {
      const [{ restore }, { findDatabase }] = await Promise.all([import('#kernel/backup.ts'), import('../start.ts')])
      const database = await findDatabase()
      const bar = progress('恢复 restoring')
      const done = await restore(database.ownerUrl, file, (table, at, of) => bar.to(at, of, table))
      bar.end(`${done.rows} 行 rows`)
      printer(globalOptions(command))(done, () => `已恢复 restored: ${done.madeAt}`)
    })
  db.command('stop').description('停止内置数据库 · stop the embedded database').action(async () => {
    const { stopDatabase } = await import('../start.ts')
    say((await stopDatabase()) ? '已停止 · stopped' : '没有在运行 · it was not running')
  })
  program.addCommand(demoCommand())
  program.addCommand(drillCommand())
}

/** Resolves on the first wish to stop. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
}
