/** What calls are called, for people who read the log: from the declarations of every slice. */
import type { Call } from '#kernel/contract.ts'
import * as briefs from '#slices/briefs/contract.ts'
import * as directory from '#slices/directory/contract.ts'
import * as drills from '#slices/drills/contract.ts'
import * as facts from '#slices/facts/contract.ts'
import * as issues from '#slices/issues/contract.ts'
import * as log from '#slices/log/contract.ts'
import * as measures from '#slices/measures/contract.ts'
import * as notices from '#slices/notices/contract.ts'
import * as responses from '#slices/responses/contract.ts'
import { t } from '#ui/words.ts'

const isCall = (value: unknown): value is Call => typeof value === 'object' && value !== null && 'summary' in value && 'needs' in value
const known = new Map([briefs, directory, drills, facts, issues, log, measures, notices, responses].flatMap((contract) => Object.values(contract).filter(isCall).map((call) => [call.name, call] as const)))

/** The summary up to its first stop: a log is read in passing. */
export function callName(name: string): string {
  const call = known.get(name)
  if (call) return t(call.summary[0].split(/[：，（:,(]/)[0] ?? name, call.summary[1].split(/[:,(]/)[0] ?? name)
  if (name === 'job.responses.erase') return t('擦除响应的个人明细', 'erasing the personal rows of a response')
  return name.startsWith('job.') ? t('后台：{what}', 'job: {what}', { what: name.slice(4) }) : name
}

/** Calls that show persons, for the filter. */
export const lookingCalls = (): { value: string; label: string }[] => [...known.values()].filter((call) => call.sensitive).map((call) => ({ value: call.name, label: `${callName(call.name)} · ${call.name}` }))
export const writingCalls = (): { value: string; label: string }[] => [...known.values()].filter((call) => call.kind !== 'read').map((call) => ({ value: call.name, label: `${callName(call.name)} · ${call.name}` }))

/** Why somebody looked, as the calls note it. */
export function purposeName(purpose: string): string {
  const words: Record<string, string> = {
    gaps: t('看缺口名单', 'a list of gaps'), tasks: t('跟进缺口', 'following up'), asks: t('代为填报', 'answering for them'), standings: t('看达标情况', 'how they stand'), profile: t('看现状', 'what is known'), history: t('看历次填报', 'their answers'),
    help: t('办理求助', 'handling a request'), members: t('看组织成员', 'members of a unit'), people: t('查找人员', 'finding people'), search: t('查找人员', 'finding people'), person: t('看人员详情', 'a page of a person'), links: t('看联系户', 'links'),
    accounts: t('管理账号', 'managing accounts'), offices: t('确认任职建议', 'confirming offices'), roles: t('看角色任职', 'holders of roles'), log: t('查查看记录', 'asking the log'),
  }
  return words[purpose] ?? purpose
}

/** What an entry says of itself, in words where there are some; bare references and what is empty are left to the export. */
export function detailWords(detail: string): string {
  const words: Record<string, string> = {
    count: t('份数', 'answers'), units: t('单位', 'units'), rows: t('行', 'rows'), people: t('人', 'people'), duties: t('任务', 'duties'), measures: t('措施', 'measures'), assignments: t('下达', 'assignments'), confirmed: t('已核对', 'confirmed'), filled: t('已补全', 'filled'),
    outcome: t('结果', 'outcome'), how: t('方式', 'how'), action: t('动作', 'action'), kind: t('类别', 'kind'), version: t('版本', 'version'), zero: t('零报告', 'zero report'), climbed: t('逐级上报', 'climbed'), changed: t('修改', 'changed'), invitations: t('邀请', 'invitations'),
    purpose: t('用途', 'purpose'), capacity: t('身份', 'capacity'), words: t('用语', 'words'), days: t('天数', 'days'), level: t('级别', 'level'), reminded: t('已催办', 'reminded'),
  }
  return detail
    .split(' · ')
    .filter((part) => !/: (null|""|\[\]|\[?"?[0-9a-f]{8}-[0-9a-f]{4}-.*|[0-9a-f]{64})$/.test(part))
    .map((part) => part.replace(/^(\w+): /, (whole, key: string) => (words[key] ? `${words[key]}${t('：', ': ')}` : whole)))
    .join(' · ')
}
