/** What is done from the list: notes of calls with their undoing, reminders with a receipt, hand-overs taken back, excuses ended. */
import { useRef, useState } from 'react'
import { newId } from '#kernel/ids.ts'
import type { CallProblem } from '#kernel/client.ts'
import { asProblem, client, useWrite } from '#ui/data.ts'
import { presentMoment } from '#ui/format.ts'
import { useToast } from '#ui/toast.tsx'
import { t } from '#ui/words.ts'
import { contactMany, endExcuseMany, remind, takeBack, undoContact } from '../contract.ts'
import type { Outcome } from './gap-line.tsx'
import { idOf, type GapPerson, type People, type Reach } from './gap-people.ts'
import { openItems } from './gap-reach.ts'

const mostAtOnce = 1000
const nowText = () => presentMoment().toISOString()

export function useGapWork(people: People, me: string | null) {
  const toast = useToast()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<CallProblem | null>(null)
  const last = useRef<(() => void) | null>(null)
  // Pressed again after a lost answer it is the same note.
  const waiting = useRef(new Map<string, { requestId: string; contactIds: string[] }>())
  const { note: mark } = people

  /** One press: noted for everything that is open with this person. */
  const note = async (person: GapPerson, how: 'call' | 'message' | 'visit', outcome: Outcome, words = ''): Promise<boolean> => {
    const id = idOf(person)
    const key = `${id} ${how} ${outcome} ${words}`
    const open = openItems(person)
    const mine = waiting.current.get(key) ?? { requestId: newId(), contactIds: open.map(() => newId()) }
    waiting.current.set(key, mine)
    const items = open.map((one, index) => ({ ...one, contactId: mine.contactIds[index] ?? newId() }))
    const before = people.done.get(id) ?? null
    const undo = () => {
      last.current = null
      client.call(undoContact, { items: items.map(({ contactId, subjectId }) => ({ contactId, subjectId })) }).then(
        () => {
          mark([id], { at: Date.now() })
          toast(t('已撤回对 {name} 的记录', 'The note about {name} is taken back', { name: person.subject.name }))
        },
        (error: unknown) => toast(asProblem(error).message, { tone: 'bad' }),
      )
    }
    setBusy(true)
    setProblem(null)
    mark([id], { at: Date.now(), reach: outcome satisfies Reach, tried: { how, outcome, note: words, by: me, at: nowText() }, undo })
    try {
      await client.call(contactMany, { items, how, outcome, ...(words ? { note: words } : {}) }, { requestId: mine.requestId })
      waiting.current.delete(key)
      last.current = undo
      return true
    } catch (error) {
      mark([id], before)
      setProblem(asProblem(error))
      toast(t('没有记上：{why}', 'Not noted: {why}', { why: asProblem(error).message }), { tone: 'bad', action: { label: t('重试', 'Try again'), run: () => void note(person, how, outcome, words) } })
      return false
    } finally {
      setBusy(false)
    }
  }

  const reminding = useWrite(remind)
  const remindAll = async (list: readonly GapPerson[]): Promise<boolean> => {
    const items = list.flatMap(openItems).slice(0, mostAtOnce).map((one) => ({ ...one, contactId: newId() }))
    if (!items.length) return false
    const answer = await reminding.run({ items })
    if (!answer) {
      toast(t('没有提醒成功，请重试。', 'Not reminded; please try again.'), { tone: 'bad' })
      return false
    }
    const recent = answer.left - answer.settled
    const parts = [
      answer.people > 0 ? t('已提醒 {n} 人', '{n} reminded', { n: answer.people }) : t('没有新的提醒', 'Nobody was reminded anew'),
      answer.settled > 0 && t('{n} 项已经补上，不再提醒', '{n} had been answered already', { n: answer.settled }),
      recent > 0 && t('{n} 项一小时内提醒过', '{n} {n:was|were} reminded within the hour', { n: recent }),
    ]
    toast(parts.filter(Boolean).join(t('；', '; ')), { tone: answer.people > 0 ? 'good' : 'plain' })
    if (answer.people > 0) mark(list.map(idOf), { at: Date.now(), tried: { how: 'remind', outcome: 'sent', note: '', by: me, at: nowText() } })
    return true
  }

  const taking = useWrite(takeBack)
  const takeBackFrom = async (person: GapPerson) => {
    const answer = await taking.run({ items: openItems(person) })
    if (answer) mark([idOf(person)], { at: Date.now(), handed: null })
    toast(answer ? t('已收回，仍由责任人跟进', 'Taken back; whoever answers follows it up again') : t('没能收回，请刷新后再试。', 'Could not be taken back; refresh and try again.'), { tone: answer ? 'good' : 'bad' })
  }
  const ending = useWrite(endExcuseMany)
  const endExcuse = async (person: GapPerson) => {
    const answer = await ending.run({ items: openItems(person) })
    if (answer) mark([idOf(person)], { at: Date.now(), settled: 'ended' })
    toast(answer ? t('已撤销免除', 'The excuse has ended') : t('没能撤销，请重试。', 'Could not be ended; try again.'), { tone: answer ? 'good' : 'bad' })
  }
  return { busy: busy || reminding.busy, problem, note, remind: remindAll, takeBack: takeBackFrom, endExcuse, undo: () => last.current?.(), remember: (undo: () => void) => { last.current = undo } }
}
