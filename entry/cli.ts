/** The command line `bulwark`: the same calls as everywhere, with --json and honest exit codes. */
import { Command, CommanderError, Option } from 'commander'
import { briefCommands } from './cli/briefs.ts'
import { callCommands } from './cli/calls.ts'
import { directoryCommands } from './cli/directory.ts'
import { factCommands } from './cli/facts.ts'
import { measureCommands } from './cli/measures.ts'
import { noticeCommands } from './cli/notices.ts'
import { failure } from './cli/print.ts'
import { responseCommands } from './cli/responses.ts'
import { runCommands } from './cli/run.ts'
import { address, languageOfCli, type GlobalOptions } from './cli/options.ts'

const program = new Command('bulwark')
  .description('堡垒 Bulwark：把应急通知送达每一个人，并带回落实情况 · carries an emergency notice to every person and back')
  .option('--json', '输出 JSON · print JSON')
  .option('--institution <code>', '单位代码 · institution code')
  .addOption(new Option('--server <url>', '经由服务器调用 · call a server instead of the installation on this machine').env('BULWARK_SERVER').argParser(address))
  .addOption(new Option('--token <token>', '会话口令，即浏览器 cookie “bulwark”的值 · session token: what the browser keeps as the cookie "bulwark"').env('BULWARK_TOKEN'))
  .option('--language <tag>', 'zh-CN, zh-TW, en')
  .showHelpAfterError()

for (const add of [runCommands, noticeCommands, directoryCommands, factCommands, responseCommands, measureCommands, briefCommands, callCommands]) add(program)

/** Misuse ends with our code, also of commands that were made elsewhere and added. */
function overrideExit(command: Command): void {
  command.exitOverride()
  command.commands.forEach(overrideExit)
}
overrideExit(program)

try {
  await program.parseAsync(process.argv)
} catch (error) {
  const options = program.opts<GlobalOptions>()
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
  else process.exitCode = failure(error, languageOfCli(options), options.json ?? false)
  // Whatever is still open must not hold up somebody who has been told why it ended.
  setTimeout(() => process.exit(), 1000).unref()
}
