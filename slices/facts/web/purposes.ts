/** Why somebody looked, as the calls note it: the same words for whoever was looked at and for whoever reads the log. */
import { t } from '#ui/words.ts'

/** What was being done. */
export function lookWord(what: string): string {
  const words: Record<string, string> = {
    accounts: t('管理账号', 'managing accounts'), asks: t('代为填报', 'answering on behalf'), brief: t('核对专报数字', 'a figure of a brief'), 'call-and-confirm': t('叫应', 'call and confirm'), cases: t('办理健康管理个案', 'health management'),
    doubt: t('核实数据疑点', 'a doubt about data'), 'follow-up': t('看跟进经过', 'how it is followed up'), gaps: t('看缺口名单', 'a list of gaps'), help: t('办理求助', 'handling a request'), history: t('看历次填报', 'all answers'), links: t('看联系户', 'links'),
    log: t('查查看记录', 'asking the log'), members: t('看组织成员', 'members of a unit'), offices: t('确认任职', 'confirming offices'), people: t('查找人员', 'finding people'), person: t('看人员详情', "a person's page"), profile: t('看现状', 'what is known'),
    roles: t('看任职情况', 'holders of offices'), search: t('查找人员', 'finding people'), simulated: t('试算措施', 'a simulation'), standings: t('看达标情况', 'how they stand'), tasks: t('跟进缺口', 'following up'), trail: t('看联系经过', 'what was tried'),
  }
  return words[what] ?? what
}

/** With the reason that an office gave. */
export function purposeName(purpose: string): string {
  const [what = '', ...reason] = purpose.split(': ')
  return [lookWord(what), reason.join(': ')].filter(Boolean).join(t('，事由：', ', because: '))
}
