/** One person with gaps: who, what is open, the number, what was tried, and one press for what came of a call. */
import { Button, MenuButton, type MenuItem } from '#ui/controls.tsx'
import { relative, spaced } from '#ui/format.ts'
import { Icon } from '#ui/icons.tsx'
import { TextLink } from '#ui/page.tsx'
import { PersonName } from '#ui/people.tsx'
import { StandingSign } from '#ui/tags.tsx'
import { language, read, say, t } from '#ui/words.ts'
import type { Done, GapPerson, PeopleAnswer, Tried } from './gap-people.ts'
import { howName, outcomeName } from './gap-words.ts'
import type { Dialling } from './use-dialling.ts'

export type Outcome = 'reached' | 'promised' | 'no-answer'
export type GapPanelKind = 'call' | 'answer' | 'excuse' | 'hand'

export interface LineActs {
  measures: ReadonlyMap<string, PeopleAnswer['measures'][number]>
  can: { act: boolean; excuse: boolean; answer: boolean }
  state: 'open' | 'kept' | 'excused'
  onOutcome: (person: GapPerson, outcome: Outcome, index: number) => void
  onOpen: (person: GapPerson, panel: GapPanelKind) => void
  onRemind: (people: readonly GapPerson[]) => void
  onEndExcuse: (person: GapPerson) => void
  onTakeBack: (person: GapPerson) => void
  dialling: Dialling
}

interface GapLineProps extends LineActs {
  person: GapPerson
  done: Done | undefined
  index: number
  chosen: boolean
  onToggle: (() => void) | null
  narrow: boolean
  quiet: boolean
}

/** Whose number it is: their own; of a unit, that of whoever answers. */
export const phoneOf = ({ subject, owner }: GapPerson): string | null => subject.phone ?? (subject.kind === 'unit' ? (owner?.phone ?? null) : null)
export const dial = (phone: string) => `tel:${phone.replaceAll(/\s/g, '')}`

export function GapLine(props: GapLineProps) {
  const { person, done, chosen, onToggle, narrow } = props
  const { subject } = person
  return (
    <>
      {onToggle && (
        <div role="gridcell" className="gl-check">
          <input type="checkbox" tabIndex={-1} aria-label={t('选择 {name}', 'Select {name}', { name: subject.name })} checked={chosen} onChange={onToggle} />
        </div>
      )}
      <div role="gridcell" className="gl-who">
        {subject.kind === 'unit' ? <TextLink to={`/units/${subject.id}`}>{read(subject.name)}</TextLink> : <PersonName name={subject.name} number={subject.number ?? undefined} to={`/people/${subject.id}`} />}
        <small className="b-muted">
          {subject.kind === 'person' && subject.unit && read(subject.unit.name)}
          {person.owner && (subject.kind === 'unit' || !person.owner.direct) && <> · <span translate="no">{person.owner.person.name}</span>{!person.owner.direct && t('（上级代管）', ' (fell to them)')}</>}
          {!person.owner && <> · <span className="g-late">{t('无人负责', 'nobody answers')}</span></>}
        </small>
      </div>
      <div role="gridcell" className="gl-what"><OpenGaps {...props} /></div>
      <div role="gridcell" className="gl-phone"><Phone {...props} /></div>
      <div role="gridcell" className="gl-tried"><TriedWords person={person} done={done} /></div>
      <div role="gridcell" className="gl-acts">{!props.quiet && <Acts {...props} narrow={narrow} />}</div>
    </>
  )
}

function Phone({ person, dialling }: GapLineProps) {
  const { subject, owner } = person
  const phone = phoneOf(person)
  if (!phone) return <span className="b-muted">{t('没有号码', 'no number')}</span>
  const number = spaced(phone)
  const about = subject.phone ? t('拨打 {name} {phone}', 'Call {name} {phone}', { name: subject.name, phone: number }) : t('拨打责任人 {name} {phone}', 'Call {name}, who answers: {phone}', { name: owner?.person.name ?? '', phone: number })
  const soon = dialling.soon === subject.id
  return (
    <>
      <a href={dial(phone)} className="num" aria-label={about} onClick={() => dialling.pressed(subject.id)}><Icon name="phone" size={14} />{number}</a>
      {soon && <small role="status">{t('正在拨打', 'Dialling')} <button type="button" className="b-link gl-undo" onClick={dialling.stop}>{t('先不打', 'Not now')}</button></small>}
      {!soon && dialling.called === subject.id && <small className="b-muted">{t('记下结果', 'Note what came of it')}</small>}
    </>
  )
}

function OpenGaps({ person, measures, narrow }: GapLineProps) {
  const nameOf = (id: string) => say(measures.get(id)?.name ?? { zh: '', en: '' })
  // Two lines: two short names, or a long one; how many more stands below.
  const shown = person.open.slice(0, narrow || person.open.length > 2 || language() === 'en' ? 1 : 2)
  const rest = person.open.slice(shown.length)
  const since = person.open.reduce((first, one) => (one.since < first ? one.since : first), person.open[0]?.since ?? '')
  const late = person.open.some((one) => one.overdue)
  return (
    <>
      <span className="gl-open">
        {shown.map((one) => (
          <span key={one.measureId} className="gl-measure" title={[nameOf(one.measureId), measures.get(one.measureId)?.basis].filter(Boolean).join('\n')}>
            <StandingSign state={one.state} size={13} />
            <span>{nameOf(one.measureId)}</span>
          </span>
        ))}
      </span>
      <small className={late ? 'g-late' : 'b-muted'}>
        {rest.length > 0 && <span className="b-muted" title={rest.map((one) => nameOf(one.measureId)).join(t('、', ', '))}>{t('另 {n} 项', '{n} more', { n: rest.length })} · </span>}
        {since && (late ? t('{when}起 · 已超时', '{when} · overdue', { when: relative(since) }) : t('{when}起', '{when}', { when: relative(since) }))}
      </small>
    </>
  )
}

const triedText = (tried: Tried) => (tried.how === 'remind' ? t('已提醒', 'reminded') : tried.how === 'call' ? outcomeName(tried.outcome) : `${howName(tried.how)} · ${outcomeName(tried.outcome)}`)

/** What was tried last and by whom; what was just done here comes first, with its undoing. */
function TriedWords({ person, done }: { person: GapPerson; done: Done | undefined }) {
  const fresh = done?.tried && !person.tried.some((one) => one.how === done.tried?.how && one.outcome === done.tried.outcome && Math.abs(Date.parse(one.at) - Date.parse(done.tried.at)) < 90_000) ? done.tried : null
  const last = fresh ?? person.tried[0]
  const handed = done?.handed ?? person.handed
  const excuse = person.open.find((one) => one.excuse)?.excuse
  const undo = done?.undo && <button type="button" className="b-link gl-undo" onClick={done.undo}>{t('撤回', 'Undo')}</button>
  if (done?.settled) return <span className="gl-good"><Icon name="check" size={14} />{{ answered: t('已代填', 'answered for them'), excused: t('已免除', 'excused'), ended: t('免除已撤销', 'excuse ended') }[done.settled]} {undo}</span>
  if (excuse) return <><span className="gl-one" title={excuse.reason}>{excuse.reason}</span><small className="b-muted"><span translate="no">{excuse.by ?? t('系统', 'system')}</span> · {relative(excuse.since)}</small></>
  if (handed)
    return (
      <>
        <span className="gl-one" title={handed.words}>{t('已转交', 'Handed to')} <b translate="no">{handed.to}</b>{handed.unit && `（${read(handed.unit)}）`} {undo}</span>
        <small className="b-muted gl-one" title={handed.words}>{relative(handed.at)} · {handed.words}</small>
      </>
    )
  if (!last) return <span className="b-muted">{t('还没联系', 'nothing yet')}</span>
  const tries = person.tries + (fresh ? 1 : 0)
  const earlier = (fresh ? person.tried : person.tried.slice(1))[0]
  return (
    <>
      <span className={last.outcome === 'reached' || last.outcome === 'promised' ? 'gl-good gl-one' : 'gl-one'}>
        {(last.outcome === 'reached' || last.outcome === 'promised') && <Icon name="check" size={14} />}
        {triedText(last)} {undo}
        {last.note && <span className="b-muted" title={last.note}> · {last.note}</span>}
      </span>
      <small className="b-muted gl-one">
        {relative(last.at)} · <span translate="no">{last.by ?? t('系统', 'system')}</span>
        {tries > 1 && ` · ${t('共 {n} 次', '{n} {n:time|times}', { n: tries })}`}
        {earlier && tries > 1 && <span title={triedText(earlier)}> · {t('此前{what}', 'before: {what}', { what: triedText(earlier) })}</span>}
      </small>
    </>
  )
}

function Acts({ person, state, can, index, narrow, dialling, onOutcome, onOpen, onRemind, onEndExcuse, onTakeBack, done }: GapLineProps) {
  if (state === 'excused') return <Button size="small" onClick={() => onEndExcuse(person)} disabled={done?.settled === 'ended'}>{t('撤销免除', 'End the excuse')}</Button>
  if (done?.settled) return null
  const more: (MenuItem | false)[] = [
    can.act && { label: t('提醒本人', 'Remind them'), icon: 'clock', run: () => onRemind([person]) },
    can.answer && { label: t('代填', 'Answer for them'), icon: 'tasks', run: () => onOpen(person, 'answer') },
    can.act && { label: t('转交他人…', 'Hand over…'), icon: 'next', run: () => onOpen(person, 'hand') },
    can.act && (done?.handed ?? person.handed) !== null && { label: t('收回转交', 'Take back'), icon: 'back', run: () => onTakeBack(person) },
    can.excuse && { label: t('免除…', 'Excuse…'), icon: 'check', run: () => onOpen(person, 'excuse') },
    { label: t('联系经过与备注…', 'Everything tried, and a note…'), icon: 'phone', run: () => onOpen(person, 'call') },
  ]
  const name = person.subject.kind === 'unit' ? read(person.subject.name) : person.subject.name
  return (
    <>
      {narrow && person.subject.phone && <a className="gl-dial" href={dial(person.subject.phone)} onClick={() => dialling.pressed(person.subject.id)} aria-label={t('拨打 {name} {phone}', 'Call {name} {phone}', { name, phone: spaced(person.subject.phone) })}><Icon name="phone" size={18} /><span className="num">{spaced(person.subject.phone)}</span></a>}
      {can.act && (
        <span className="gl-outcomes" role="group" aria-label={t('与 {name} 联系的结果', 'What came of reaching {name}', { name })}>
          <button type="button" className="gl-outcome gl-yes" onClick={() => onOutcome(person, 'reached', index)}>{t('联系上', 'Reached')}</button>
          <button type="button" className="gl-outcome" onClick={() => onOutcome(person, 'promised', index)}>{t('答应填', 'Promised')}</button>
          <button type="button" className="gl-outcome" onClick={() => onOutcome(person, 'no-answer', index)}>{t('没人接', 'No answer')}</button>
        </span>
      )}
      <MenuButton look="quiet" icon="more" hint={t('{name}：更多', '{name}: more', { name })} items={more.filter((one): one is MenuItem => one !== false)} />
    </>
  )
}
