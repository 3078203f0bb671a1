/** Who will be reached, per level, in figures that reconcile with the roster; what it will cost them. */
import { count } from '#ui/format.ts'
import { PersonName } from '#ui/people.tsx'
import { Note } from '#ui/states.tsx'
import { Tag } from '#ui/tags.tsx'
import { officeTitle } from '#ui/own-words.ts'
import { read, say, t } from '#ui/words.ts'
import { dateTime } from '#ui/format.ts'
import { kindName, personKindName, type Preview } from './words.ts'

/** 12 个学院（11 个有责任人）… as a table; below it: reached + not reached = roster. */
export function Levels({ preview }: { preview: Preview }) {
  const { roster } = preview
  return (
    <>
      <table className="b-plain n-levels">
        <thead>
          <tr>
            <th>{t('层级', 'Level')}</th>
            <th>{t('单位', 'Units')}</th>
            <th>{t('有责任人', 'Answered for')}</th>
            <th>{t('单位内人数', 'People in them')}</th>
            <th>{t('任务数', 'Assignments')}</th>
          </tr>
        </thead>
        <tbody>
          {preview.levels.map((level) => (
            <tr key={`${level.tree}/${level.kind}`}>
              <th scope="row">{kindName(level.kind)}</th>
              <td className="num">{count(level.units)}</td>
              <td className="num">{count(level.owned)}{level.owned < level.units && <span className="b-bad"> （{t('缺 {n}', '{n} missing', { n: level.units - level.owned })}）</span>}</td>
              <td className="num">{count(level.people)}</td>
              <td className="num">{count(level.assignments)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="n-reconcile num">
        {t('名册共 {all} 人 = 覆盖 {reached} 人 + 未覆盖 {not} 人', 'Roster {all} = reached {reached} + not reached {not}', { all: count(roster.people), reached: count(roster.reached), not: count(roster.notReached) })}
        {roster.byKind.length > 0 && <span className="b-muted"> · {roster.byKind.map((one) => `${personKindName(one.kind)} ${count(one.reached)}/${count(one.people)}`).join(' · ')}</span>}
      </p>
      {(roster.unreachedUnits.length > 0 || roster.withoutUnit > 0) && (
        <p className="b-muted n-small">
          {t('未覆盖：', 'Not reached: ')}
          {roster.unreachedUnits.slice(0, 12).map((one) => `${read(one.unit.name)} ${count(one.people)}`).join(t('、', ', '))}
          {roster.unreachedUnits.length > 12 && t('，另有 {n} 个单位', ' and {n} more {n:unit|units}', { n: roster.unreachedUnits.length - 12 })}
          {roster.withoutUnit > 0 && t('；{n} 人不属于任何单位', '; {n} belong to no unit', { n: roster.withoutUnit })}
        </p>
      )}
    </>
  )
}

export function Measures({ preview }: { preview: Preview }) {
  if (preview.measures.length === 0) return <p className="b-muted">{t('没有挂接措施：不会向个人提问，由各单位上报。', 'No measures joined: no person is asked anything; units report.')}</p>
  return (
    <ul className="n-plainlist">
      {preview.measures.map((one) => (
        <li key={one.measureId ?? one.preset}>
          <b>{say(one.name)}</b> {one.alreadyOn ? <Tag tone="good">{t('已在运行，不另加负担', 'Already on: nothing is added')}</Tag> : <Tag tone="accent">{t('签发时启用', 'Switched on with it')}</Tag>}
          {one.burden && !one.alreadyOn && (
            <div className={one.burden.withinBudget ? 'b-muted' : 'b-bad'}>
              {t('{people} 人，每人每天约 {seconds} 秒（{questions} 问），全校每天合计 {hours} 小时；其中 {known} 人已有答案不再问', '{people} {people:person|people}, about {seconds} s each a day ({questions} {questions:question|questions}), {hours} h a day in all; {known} {known:is known already and is|are known already and are} not asked', {
                people: count(one.burden.people), seconds: Math.round(one.burden.secondsPerPersonDay), questions: one.burden.questions, hours: one.burden.totalHoursPerDay.toFixed(1), known: count(one.burden.alreadyKnown),
              })}
              {!one.burden.withinBudget && t('。加上已有措施，每人每天 {now} 秒，超过预算 {budget} 秒', '. Together with those already on {now} s a day, above the budget of {budget} s', { now: Math.round(one.burden.togetherSecondsPerPersonDay), budget: Math.round(one.burden.budgetSeconds) })}
            </div>
          )}
        </li>
      ))}
    </ul>
  )
}

export function Nobody({ preview }: { preview: Preview }) {
  if (preview.nobody.length === 0) return null
  return (
    <Note tone="warn">
      {t('{n} 个单位没有自己的责任人：', '{n} {n:unit|units} {n:has|have} nobody of their own: ', { n: preview.nobody.length })}
      <NobodyList preview={preview} />
    </Note>
  )
}

export function NobodyList({ preview }: { preview: Preview }) {
  return (
    <ul className="n-plainlist">
      {preview.nobody.slice(0, 10).map((one) => (
        <li key={one.unit.unitId}>
          {read(one.unit.name)} → {one.fallsTo ? <PersonName name={one.fallsTo.person.name} note={`${read(one.fallsTo.unit.name)} ${officeTitle(one.fallsTo.officeTitle)}`} /> : t('无人承接', 'nobody')}
        </li>
      ))}
      {preview.nobody.length > 10 && <li>{t('另有 {n} 个', 'and {n} more', { n: preview.nobody.length - 10 })}</li>}
    </ul>
  )
}

export function PastDue({ preview }: { preview: Preview }) {
  return (
    <ul className="n-plainlist">
      {preview.past.map((one) => (
        <li key={one.dutyId}>
          <span className="b-bad num">{dateTime(one.dueAt)}</span> {read(one.text)}
        </li>
      ))}
    </ul>
  )
}
