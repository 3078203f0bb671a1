/** What calls are called, for people who read the log: from the declarations of every slice. */
import type { Call } from '#kernel/contract.ts'
import * as briefs from '#slices/briefs/contract.ts'
import * as directory from '#slices/directory/contract.ts'
import * as drills from '#slices/drills/contract.ts'
import * as facts from '#slices/facts/contract.ts'
import * as health from '#slices/health/contract.ts'
import * as issues from '#slices/issues/contract.ts'
import * as log from '#slices/log/contract.ts'
import * as measures from '#slices/measures/contract.ts'
import * as messages from '#slices/messages/contract.ts'
import * as notices from '#slices/notices/contract.ts'
import * as responses from '#slices/responses/contract.ts'
import { t } from '#ui/words.ts'

const isCall = (value: unknown): value is Call => typeof value === 'object' && value !== null && 'summary' in value && 'needs' in value
const known = new Map([briefs, directory, drills, facts, health, issues, log, measures, messages, notices, responses].flatMap((contract) => Object.values(contract).filter(isCall).map((call) => [call.name, call] as const)))

/** The summary up to its first stop: a log is read in passing. */
export function callName(name: string): string {
  const call = known.get(name)
  if (call) return t(call.summary[0].split(/[：，（:,(]/)[0] ?? name, call.summary[1].split(/[:,(]/)[0] ?? name)
  return name.startsWith('job.') ? t('系统：{what}', 'system: {what}', { what: jobNames()[name.slice(4)] ?? name.slice(4) }) : name
}

const jobNames = (): Record<string, string> => ({
  'briefs.send': t('报送专报', 'sending a brief'), 'directory.changed': t('名册变动后更新', 'after a change of the directory'), 'directory.names': t('备好拼音', 'names in pinyin'), 'facts.import': t('导入上报', 'an import of answers'), 'facts.import-tidy': t('清理导入文件', 'tidying imports'), 'directory.roster-file': t('导入名册', 'an import of a roster'),
  'issues.escalate': t('求助逐级上报', 'a request climbs'), 'issues.lapse': t('求助到期关闭', 'a request lapses'), 'measures.doubts': t('查找数据疑点', 'looking for doubts'), 'measures.end': t('措施到期', 'a measure ends'), 'measures.history': t('记下走势', 'noting the course'),
  'measures.recount': t('重新清点', 'counting anew'), 'measures.tick': t('到时清点和上报', 'what time brings'), 'messages.mail': t('发邮件', 'sending mail'), 'messages.push': t('发推送', 'sending to devices'), 'messages.robot': t('发到工作群', 'telling a working group'), 'messages.tidy': t('清理消息', 'tidying messages'), 'notices.ladder': t('叫应逐级上报', 'a call round climbs'),
  'notices.midnight': t('每日任务更新', 'duties of a new day'), 'notices.nudge': t('按时催办', 'reminding in time'), 'responses.closed': t('响应结束后收尾', 'after a response'), 'responses.erase': t('擦除响应的个人明细', 'erasing the personal rows of a response'),
})

/** Calls that show persons, for the filter. */
export const lookingCalls = (): { value: string; label: string }[] => [...known.values()].filter((call) => call.sensitive).map((call) => ({ value: call.name, label: `${callName(call.name)} · ${call.name}` }))
export const writingCalls = (): { value: string; label: string }[] => [...known.values()].filter((call) => call.kind !== 'read').map((call) => ({ value: call.name, label: `${callName(call.name)} · ${call.name}` }))
