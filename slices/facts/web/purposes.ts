/** Why somebody looked, as the calls note it, in words for the person looked at. */
import { t } from '#ui/words.ts'

export function purposeName(purpose: string): string {
  const words: Record<string, string> = {
    gaps: t('看缺口名单', 'a list of gaps'), tasks: t('跟进缺口', 'following up'), asks: t('代为填报', 'answering for you'), standings: t('看您的达标情况', 'how you stand'), profile: t('看您的现状', 'what is known of you'), history: t('看您的历次填报', 'your answers'),
    cases: t('办理健康管理个案', 'health management'), help: t('办理求助', 'handling a request'), members: t('看组织成员', 'members of a unit'), people: t('查找人员', 'finding people'), search: t('查找人员', 'finding people'), person: t('看人员详情', "a person's page"), links: t('看联系户', 'links'),
    accounts: t('管理账号', 'managing accounts'), offices: t('确认任职', 'confirming offices'), roles: t('看任职情况', 'holders of offices'), log: t('查看记录', 'asking the log about you'),
  }
  return words[purpose] ?? purpose
}
