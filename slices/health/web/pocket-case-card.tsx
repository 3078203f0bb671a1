/** My own case on My day: that something is arranged, and the check of the day. */
import { useKeptRead } from '#ui/pocket/data.ts'
import { Card } from '#ui/pocket/parts.tsx'
import { usePending } from '#ui/pocket/pending.ts'
import { t } from '#ui/words.ts'
import { check, mine } from '../contract.ts'
import { kindName, leftWords } from './case-words.tsx'

export const useMyCases = () => useKeptRead(mine, {}, { topics: ['cases'], refetchMs: 300_000 })

/** Checks of a case that this phone knows and the answer does not yet. */
export const useOwnChecks = (caseId: string, since: number) => usePending(check, since).filter((one) => one.input.caseId === caseId)

export function MyCaseCard() {
  const read = useMyCases()
  const one = read.data?.cases.find((each) => each.state !== 'released')
  const sent = useOwnChecks(one?.caseId ?? '', read.at)
  if (!one || !read.data) return null
  const asked = one.missingToday && sent.length === 0
  return <Card tone={asked ? 'ask' : 'plain'} icon="pulse" to={asked ? '/case?check' : '/case'} title={asked ? t('今天怎么样？报告体温和症状', 'How are you today? Report temperature and symptoms') : kindName(one.kind)} text={[asked && kindName(one.kind), leftWords(one, read.data.today), !asked && one.state === 'running' && t('今天已报告', 'reported today')].filter(Boolean).join(' · ')} />
}
