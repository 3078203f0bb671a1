/** 层层加码: what all measures cost a person a day, and what each level added to what those above it had asked. */
import { useState } from 'react'
import type { Output } from '#kernel/contract.ts'
import { Button } from '#ui/controls.tsx'
import { count } from '#ui/format.ts'
import { Panel } from '#ui/page.tsx'
import { say, t } from '#ui/words.ts'
import type { burden, loads } from '../contract.ts'
import { useNames } from './measure-form.tsx'
import { everyText, hoursText, levelText, secondsText } from './planning-words.ts'

type Loads = Output<typeof loads>
type Added = Loads['levels'][number]['added'][number]
type Spread = Loads['most']

/** Those asked least, most, and how many above the budget; as expected, and where every follow-up question comes. */
export function SpreadTable({ rows, budget }: { rows: readonly { label: string; spread: Spread }[]; budget: number }) {
  return (
    <table className="m-spread">
      <thead>
        <tr>
          <td />
          <th scope="col">{t('一半的人不超过', 'Half of them at most')}</th>
          <th scope="col">{t('最多的人', 'The most burdened')}</th>
          <th scope="col">{t('超出 {n} 秒', 'Over {n} s', { n: budget })}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, spread }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td className="num">{t('{n} 秒', '{n} s', { n: secondsText(spread.median) })}</td>
            <td className={`num${spread.worst > budget ? ' g-late' : ''}`}>{t('{n} 秒', '{n} s', { n: secondsText(spread.worst) })}</td>
            <td className={`num${spread.over > 0 ? ' g-late' : ''}`}>{t('{n} 人', '{n} {n:person|people}', { n: count(spread.over) })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** One thing a level added, in words: the question, how many bear it, and against what. */
export function AddedList({ added }: { added: readonly Added[] }) {
  const [people, units] = [useNames('person'), useNames('unit')]
  const labelOf = (key: string) => {
    const field = people.fields.get(key) ?? units.fields.get(key)
    return field ? say(field.label).replace(/[？?]$/, '') : key
  }
  return (
    <ul className="m-added">
      {added.map((one) => (
        <li key={`${one.by} ${one.attribute} ${one.kind}`}>
          <span className={`m-added-kind m-added-${one.kind}`}>{{ question: t('新问题', 'question'), people: t('扩大人群', 'more people'), frequency: t('加频次', 'more often') }[one.kind]}</span>
          <span>
            <b>{labelOf(one.attribute)}</b>{' '}
            {one.kind === 'frequency'
              ? t('{above} → {now}', '{above} → {now}', { above: one.above === undefined ? t('上级未写明', 'not said above') : everyText(one.above), now: everyText(one.every) })
              : everyText(one.every)}
            {one.unstated && <i>{t('（依据未写明多久一次）', ' (the document does not say how often)')}</i>}
          </span>
          <span className="num">{t('{n} 人，每人每天 {s} 秒', '{n} {n:person|people}, {s} s each a day', { n: count(one.people), s: secondsText(one.secondsPerPersonDay) })}</span>
        </li>
      ))}
    </ul>
  )
}

export function LoadsPanel({ loads }: { loads: Loads }) {
  const [open, setOpen] = useState(false)
  const { levels, budgetSeconds } = loads
  if (!levels.length) return null
  const most = Math.max(budgetSeconds, ...levels.map((one) => one.worst)) * 1.05
  const part = (value: number) => `${(value / most) * 100}%`
  return (
    <Panel
      title={t('负担与层层加码', 'Burden, and what each level adds')}
      note={t('全体每天合计{n}', '{n} a day in all', { n: hoursText(loads.hoursPerDay) })}
      actions={<Button size="small" onClick={() => setOpen(!open)}>{open ? t('收起明细', 'Less') : t('看每一级加了什么', 'What each level added')}</Button>}
    >
      <div className="m-loads">
        <SpreadTable budget={budgetSeconds} rows={[{ label: t('预计每人每天', 'Expected a person and day'), spread: loads.expected }, { label: t('追问都要答时', 'If every follow-up comes'), spread: loads.most }]} />
        <div className="m-ladder">
          {levels.map((level) => (
            <div key={level.by ?? 'none'} className={level.by === null || level.by === 'school' || level.by === 'college' ? 'm-ours' : undefined}>
              <b>{levelText(level.by)}</b>
              <div className="m-ladder-bar" role="img" aria-label={t('{who}：负担最重的人每天 {n} 秒', '{who}: {n} s a day for the most burdened', { who: levelText(level.by), n: secondsText(level.worst) })}>
                <span style={{ insetInlineStart: 0, width: part(level.worst) }} />
                <i style={{ insetInlineStart: part(budgetSeconds) }} />
              </div>
              <span className="num">{level.by === null ? t('最多 {n} 秒', 'up to {n} s', { n: secondsText(level.worst) }) : t('{m} 项，最多 {n} 秒', '{m}, up to {n} s', { m: level.measures, n: secondsText(level.worst) })}</span>
            </div>
          ))}
          <p className="m-ladder-note">{t('负担最重的人每天的秒数；斜纹为本校自己加的，竖线为上限。', 'Seconds a day of the most burdened; striped is what we added ourselves, the line is the budget.')}</p>
        </div>
      </div>
      {open && (
        <div className="m-levels">
          {levels.filter((level) => level.added.length > 0).map((level) => (
            <section key={level.by ?? 'none'}>
              <h3>
                {level.by === null ? t('没有文件这样要求，只是信息项这样设', 'No document asks for it; the attribute is merely set so') : t('{who}要求的', 'Asked by: {who}', { who: levelText(level.by) })} <small className="b-muted num">{t('全体每天{n}', '{n} a day in all', { n: hoursText(level.hoursPerDay) })}</small>
              </h3>
              <AddedList added={level.added} />
            </section>
          ))}
        </div>
      )}
    </Panel>
  )
}

/** What one measure adds, before it is switched on. */
export function AddsOf({ burden: { added } }: { burden: Output<typeof burden> }) {
  if (!added.length) return null
  return (
    <section>
      <h4>{t('这项措施新增的询问', 'What it adds to what is asked')}</h4>
      <AddedList added={added} />
    </section>
  )
}
