/** The call round: a name, the dialler, what came of it, the next name. Who nobody has tried yet comes first. */
import { useEffect, useRef, useState } from 'react'
import { spaced } from '#ui/format.ts'
import { Icon } from '#ui/icons.tsx'
import { useOnUnless } from '#ui/kept.ts'
import { AllClear, BigButton, Screen, Skeleton, Stack } from '#ui/pocket/parts.tsx'
import { Note } from '#ui/states.tsx'
import { read as asRead, t } from '#ui/words.ts'
import { useMe } from '../session.tsx'
import { AnswerFor } from './AnswerFor.tsx'
import { Lacks } from './lacks.tsx'
import { byReach, isToCall, notReached, outcomeName, subjectOf, useNoting, useTried, type Outcome, type Tasks } from './people.ts'
import { useWork } from './work.ts'

/** Who was being called when the dialler took over: a phone short of memory closes the page meanwhile. */
const calledKey = 'bulwark.called'

function recallCalled(): string | null {
  try {
    const [id = '', at = ''] = (sessionStorage.getItem(calledKey) ?? '').split(' ')
    return id !== '' && Date.now() - Number(at) < 1_800_000 ? id : null
  } catch {
    return null
  }
}

function noteCalled(id: string | null): void {
  try {
    if (id === null) sessionStorage.removeItem(calledKey)
    else sessionStorage.setItem(calledKey, `${id} ${Date.now()}`)
  } catch {
    // Then it is only remembered as long as the page lives.
  }
}

/** Noting what a call came to opens the dialler for the next one: a press less with each. It is the phone that asks before it rings. */
const goesOnKey = 'bulwark.calls.stop'
const moment = 1200

export function CallsPage() {
  const { can } = useMe()
  const work = useWork()
  const tried = useTried(work.gaps.at)
  const note = useNoting()
  const [called, setCalled] = useState(recallCalled)
  const [done, setDone] = useState<ReadonlySet<string>>(new Set())
  const [answeringFor, setAnsweringFor] = useState<string | null>(null)
  const [goingOn, setGoingOn] = useOnUnless(goesOnKey)
  const [dialNext, setDialNext] = useState(false)
  const round = byReach(work.people.filter(isToCall), tried)
  const open = round.filter((tasks) => !done.has(subjectOf(tasks).id) && notReached(tried(tasks)))
  const current = round.find((tasks) => subjectOf(tasks).id === (answeringFor ?? called)) ?? open[0]
  const through = round.length - open.length
  // Nobody who did not answer was reached, though their turn is over.
  const unreached = round.filter((tasks) => notReached(tried(tasks))).length
  const head = useRef<HTMLHeadingElement>(null)
  const name = current ? subjectOf(current).id : null
  // The next name is read aloud, and the keyboard goes on from there.
  useEffect(() => head.current?.focus({ preventScroll: true }), [name])
  const go = (id: string | null) => {
    noteCalled(id)
    setCalled(id)
  }
  const finished = (id: string, noted = false) => {
    setDone((before) => new Set(before).add(id))
    setAnsweringFor(null)
    setDialNext(noted && goingOn)
    go(null)
  }
  if (!current)
    return (
      <Screen title={t('逐个打电话', 'Call one by one')} back="/">
        {work.gaps.data === undefined && !work.gaps.problem ? <Skeleton cards={2} /> : <AllClear title={round.length > 0 ? t('都联系过了', 'Everybody has been tried') : t('没有要联系的人', 'Nobody to call')} text={round.length > 0 ? t('没接通的，过一会儿可以再打。', 'Those who did not answer can be tried again later.') : undefined} />}
        {round.length > 0 && (
          <Stack>
            {round.some((tasks) => notReached(tried(tasks))) && <BigButton onPress={() => setDone(new Set())}>{t('再打没接通的', 'Try those again')}</BigButton>}
            <BigButton look="plain" to="/tasks">{t('看名单', 'See the list')}</BigButton>
          </Stack>
        )}
      </Screen>
    )
  const subject = subjectOf(current)
  return (
    <Screen title={t('逐个打电话', 'Call one by one')} back="/" lead={unreached === open.length ? t('{n} 人超时还没联系上', '{n} overdue, not reached yet', { n: unreached }) : t('{n} 人超时还没联系上，这一轮还剩 {m} 人', '{n} overdue, not reached yet; {m} left in this round', { n: unreached, m: open.length })}>
      <div className="p-progress" role="img" aria-label={t('这一轮已过 {n}/{m}', '{n} of {m} done in this round', { n: through, m: round.length })}>
        <i style={{ width: `${round.length === 0 ? 0 : (through / round.length) * 100}%` }} />
      </div>
      <section className="p-card">
        <div className="p-who">
          <h2 ref={head} tabIndex={-1} translate="no">{subject.name}</h2>
          <small className="num">{[subject.unit && asRead(subject.unit), subject.number].filter(Boolean).join(' · ')}</small>
        </div>
        <Lacks tasks={current} />
        <p className="p-note" style={{ marginTop: 12, textAlign: 'start' }}>{tried(current)?.words ?? t('还没有人联系过', 'Nobody has tried yet')}</p>
      </section>
      {answeringFor === subject.id ? (
        <>
          <div style={{ height: 12 }} />
          <AnswerFor subject={subject} onAnswered={() => finished(subject.id)} />
          <div style={{ height: 12 }} />
          <BigButton look="plain" onPress={() => finished(subject.id)}>{t('下一位', 'Next')}</BigButton>
        </>
      ) : (
        <>
          <Call
            key={subject.id} tasks={current} called={called === subject.id} soon={dialNext} onCall={() => go(subject.id)} onSkip={() => finished(subject.id)}
            onOutcome={(outcome) => void note(current, outcome).then((kept) => kept && (outcome === 'reached' && can('person.answer-for') ? (go(null), setAnsweringFor(subject.id)) : finished(subject.id, called === subject.id)))}
          />
          {open.length > 1 && (
            <label className="p-switch">
              <input type="checkbox" role="switch" checked={goingOn} onChange={(event) => setGoingOn(event.currentTarget.checked)} />
              {t('记下结果后，接着拨下一位', 'After noting it, dial the next')}
            </label>
          )}
        </>
      )}
    </Screen>
  )
}

function Call({ tasks, called, soon, onCall, onSkip, onOutcome }: { tasks: Tasks; called: boolean; /** Dialled by itself after a moment in which the name can be read. */ soon: boolean; onCall: () => void; onSkip: () => void; onOutcome: (outcome: Outcome) => void }) {
  const { can } = useMe()
  const subject = subjectOf(tasks)
  const link = useRef<HTMLAnchorElement>(null)
  const [waiting, setWaiting] = useState(soon && subject.phone !== null)
  useEffect(() => {
    if (!waiting) return
    const timer = setTimeout(() => {
      setWaiting(false)
      if (document.visibilityState === 'visible') link.current?.click()
    }, moment)
    return () => clearTimeout(timer)
  }, [waiting])
  const press = (outcome: Outcome) => {
    setWaiting(false)
    onOutcome(outcome)
  }
  const number = subject.phone && spaced(subject.phone)
  return (
    <div className="p-call-acts">
      {number ? (
        <a ref={link} className={`p-button ${called ? 'p-button-plain' : 'p-button-main'}`} href={`tel:${subject.phone}`} onClick={onCall}>
          <Icon name="phone" size={20} />
          <span className="num">{waiting ? t('正在拨 {phone}', 'Dialling {phone}', { phone: number }) : called ? t('再打 {phone}', 'Call again {phone}', { phone: number }) : t('打电话 {phone}', 'Call {phone}', { phone: number })}</span>
        </a>
      ) : (
        <Note tone="warn">{t('名册里没有电话。请找同学、室友或家长联系。', 'The roster holds no number. Ask classmates, room-mates or the family.')}</Note>
      )}
      {called && <h3 className="p-asked">{t('这通电话怎么样？', 'How did it go?')}</h3>}
      {can('gap.act') && (
        <div className="p-outcomes" role="group" aria-label={called ? t('这通电话怎么样？', 'How did it go?') : t('联系结果', 'What came of it')}>
          <button type="button" className="p-pill" onClick={() => press('reached')}>{can('person.answer-for') ? t('已联系上，代为填报', 'Reached: answer for them') : outcomeName('reached')}</button>
          {(['no-answer', 'promised', 'wrong-number'] as const).map((outcome) => (
            <button key={outcome} type="button" className="p-pill" onClick={() => press(outcome)}>{outcomeName(outcome)}</button>
          ))}
          <button type="button" className="p-pill" onClick={() => (waiting ? setWaiting(false) : onSkip())}>{waiting ? t('先不打', 'Not now') : t('先跳过', 'Skip for now')}</button>
        </div>
      )}
    </div>
  )
}
