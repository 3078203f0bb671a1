/** The list of gaps on paper: to be carried to a meeting or a telephone, with room to write down what came of each call. */
import { count, date, presentMoment, spaced, time } from '#ui/format.ts'
import { mostOnPaper } from '#ui/table/use-rows.ts'
import { StandingSign } from '#ui/tags.tsx'
import { read, say, t } from '#ui/words.ts'
import { idOf, type GapPerson, type People, type PeopleAnswer, type Tried } from './gap-people.ts'
import { howName, outcomeName } from './gap-words.ts'

export interface GapPaperProps {
  people: People
  measures: ReadonlyMap<string, PeopleAnswer['measures'][number]>
  /** Of which units, by which filters. */
  scope: readonly string[]
  by: string
  asOf: string
  state: 'open' | 'kept' | 'excused'
}

/** A sheet is read on other days too: no 今天, no 3 小时前. */
const written = (at: string | Date) => `${date(at)} ${time(at)}`

export function GapPaper({ people, measures, scope, by, asOf, state }: GapPaperProps) {
  const rows = new Map<string, GapPerson>()
  for (let index = 0; index < Math.min(people.total, mostOnPaper); index++) {
    const person = people.at(index)
    if (person && !people.done.get(idOf(person))?.settled) rows.set(idOf(person), person)
  }
  const settled = [...people.done.values()].filter((one) => one.settled).length
  const left = people.total - settled - rows.size
  return (
    <section className="gp">
      <h2>{state === 'kept' ? t('达标名单', 'Those in order') : state === 'excused' ? t('免除名单', 'Those excused') : t('缺口名单', 'Gaps by name')}</h2>
      <p className="gp-facts">
        <b>{scope.join(' · ')}</b>
        <span>{left > 0 ? t('共 {n} 人，本件印出 {m} 人', '{n} {n:person|people}, {m} of them on these sheets', { n: count(people.total - settled), m: count(rows.size) }) : t('共 {n} 人', '{n} {n:person|people}', { n: count(rows.size) })}</span>
        <span>{t('数据截至 {at}', 'Data as of {at}', { at: written(asOf) })}</span>
        <span>{t('{who} 打印于 {at}', 'Printed by {who}, {at}', { who: by, at: written(presentMoment()) })}</span>
        <span>{t('含个人信息，仅供履行职责使用，用后按规定销毁。', 'Personal data: for duty only; destroy after use.')}</span>
      </p>
      <table>
        <colgroup><col style={{ width: '6%' }} /><col style={{ width: '19%' }} /><col style={{ width: '14%' }} /><col style={{ width: '26%' }} />{state !== 'kept' && <col style={{ width: '18%' }} />}{state === 'open' && <col />}</colgroup>
        <thead>
          <tr>
            <th>{t('序号', 'No.')}</th><th>{t('姓名、组织', 'Name, unit')}</th><th>{t('电话', 'Telephone')}</th><th>{state === 'kept' ? t('达标项', 'In order') : state === 'excused' ? t('免除项', 'Excused from') : t('欠什么', 'What is open')}</th>
            {state === 'open' && <th>{t('已做过', 'What was tried')}</th>}{state === 'excused' && <th>{t('理由', 'Reason')}</th>}{state === 'open' && <th>{t('这次怎么样', 'What came of it')}</th>}
          </tr>
        </thead>
        <tbody>
          {[...rows.values()].map((person, index) => (
            <tr key={idOf(person)}>
              <td className="num">{index + 1}</td>
              <th scope="row"><Who person={person} /></th>
              <td className="num">{phoneOf(person)}</td>
              <td><Open person={person} measures={measures} state={state} /></td>
              {state === 'open' && <td><Attempts person={person} fresh={people.done.get(idOf(person))?.tried} /></td>}
              {state === 'excused' && <td>{[...new Set(person.open.flatMap((one) => one.excuse?.reason ?? []))].join(t('；', '; '))}</td>}
              {state === 'open' && <td />}
            </tr>
          ))}
        </tbody>
      </table>
      {left > 0 && <p className="gp-left">{people.total > mostOnPaper ? t('另有 {n} 人未印出：名单过长，请选下级组织分别打印。', '{n} more {n:person is|people are} not printed: the list is too long; print it by units below.', { n: count(left) }) : t('另有 {n} 人未印出：请用页面上的“打印名单”。', '{n} more {n:person is|people are} not printed: use “Print the list” on the page.', { n: count(left) })}</p>}
    </section>
  )
}

/** What began at the same moment stands together. */
function Open({ person, measures, state }: { person: GapPerson } & Pick<GapPaperProps, 'measures' | 'state'>) {
  return [...Map.groupBy(person.open, (one) => `${one.state} ${one.since.slice(0, 16)} ${one.overdue}`)].map(([key, [first, ...more]]) => first && (
    <span key={key}>
      {state === 'open' && <StandingSign state={first.state} size={10} />} {[first, ...more].map((one) => say(measures.get(one.measureId)?.name ?? { zh: '', en: '' })).join(t('、', ', '))}{' '}
      <small>{first.overdue ? t('{when}起，已超时', 'since {when}, overdue', { when: written(first.since) }) : t('{when}起', 'since {when}', { when: written(first.since) })}</small>
    </span>
  ))
}

const phoneOf = ({ subject, owner }: GapPerson) => {
  const phone = subject.phone ?? (subject.kind === 'unit' ? owner?.phone : null)
  return phone ? spaced(phone) : '—'
}

function Who({ person: { subject, owner } }: { person: GapPerson }) {
  return (
    <>
      <span><b translate="no">{subject.kind === 'unit' ? read(subject.name) : subject.name}</b> <small>{subject.number}</small></span>
      <small>{subject.kind === 'person' && subject.unit && read(subject.unit.name)}{owner && (subject.kind === 'unit' || !owner.direct) && <> {t('责任人 {name}', 'answers: {name}', { name: owner.person.name })}</>}{!owner && <> {t('无人负责', 'nobody answers')}</>}</small>
    </>
  )
}

function Attempts({ person, fresh }: { person: GapPerson; fresh: Tried | undefined }) {
  const all = fresh && !person.tried.some((one) => one.at === fresh.at) ? [fresh, ...person.tried] : person.tried
  return (
    <>
      {person.handed && <span>{t('已转交', 'Handed to')} {person.handed.to} <small>{written(person.handed.at)}</small></span>}
      {all.slice(0, 3).map((one) => <span key={`${one.at}${one.how}`}>{one.how === 'remind' ? t('已提醒', 'reminded') : `${howName(one.how)} ${outcomeName(one.outcome)}`}{one.note && `：${one.note}`} <small>{written(one.at)} {one.by ?? t('系统', 'system')}</small></span>)}
      {person.tries > 3 && <small>{t('共 {n} 次', '{n} {n:time|times}', { n: person.tries })}</small>}
    </>
  )
}
