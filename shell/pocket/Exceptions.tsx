/** For those who answer for others: the exceptions among their people, who nobody has reached yet first. Nobody who is in order is listed. */
import { Link } from 'wouter'
import { mineOpen } from '#slices/measures/contract.ts'
import { count } from '#ui/format.ts'
import { Icon } from '#ui/icons.tsx'
import { useKeptRead } from '#ui/pocket/data.ts'
import { BigButton } from '#ui/pocket/parts.tsx'
import { CallButton } from '#ui/pocket/rows.tsx'
import { language, read, say, t } from '#ui/words.ts'
import { byReach, isToCall, notReached, subjectOf, untried, useTried, type Tasks } from './people.ts'
import type { Work } from './work.ts'

const shown = 3

export function Exceptions({ work }: { work: Work }) {
  const tried = useTried(work.gaps.at)
  const people = byReach(work.people.filter(isToCall), tried)
  const open = people.filter((tasks) => notReached(tried(tasks)))
  if (people.length === 0) return null
  const list = open.length > 0 ? open : people
  return (
    <section className="p-card" aria-label={t('我负责的人', 'My people')}>
      <div className="p-card-title">
        <h2>{open.length > 0 ? t('{n} 人超时还没联系上', '{n} overdue, not reached yet', { n: count(open.length) }) : t('{n} 人在跟进', '{n} being followed up', { n: count(people.length) })}</h2>
        {people.length > open.length && open.length > 0 && <span>{t('另有 {n} 人在跟进', '{n} more followed up', { n: count(people.length - open.length) })}</span>}
      </div>
      <div className="p-names">
        {list.slice(0, shown).map((tasks) => (
          <Line key={subjectOf(tasks).id} tasks={tasks} tried={tried(tasks)?.words ?? null} />
        ))}
        {open.length > shown && (
          <Link className="p-more" href="/tasks">
            {t('全部 {n} 人', 'All {n}', { n: count(open.length) })}
            <Icon name="next" size={18} />
          </Link>
        )}
      </div>
      {open.length > 0 ? (
        <BigButton icon="phone" to="/calls">
          {t('逐个打电话', 'Call one by one')}
        </BigButton>
      ) : (
        <BigButton look="plain" to="/tasks">{t('看名单', 'See the list')}</BigButton>
      )}
    </section>
  )
}

function Line({ tasks, tried }: { tasks: Tasks; tried: string | null }) {
  const subject = subjectOf(tasks)
  return (
    <div className="p-name-line">
      <Link href={`/tasks/gap/${subject.id}`}>
        <b>
          <span translate="no">{subject.name}</span>
          {subject.unit && <small>{read(subject.unit)}</small>}
        </b>
        <span>{lacks(tasks)}</span>
        <span>{tried ?? untried(tasks)}</span>
      </Link>
      {subject.phone && <CallButton name={subject.name} phone={subject.phone} />}
    </div>
  )
}

/** What is open: the first by name, the others by their number; the page behind it says all. */
function lacks(tasks: Tasks): string {
  const [first] = tasks
  if (!first) return ''
  const what = say(first.measure)
  return tasks.length === 1 ? t('还缺：{what}', 'Still open: {what}', { what }) : t('还缺：{what}等 {n} 项', 'Still open: {what} and {n} more', { what, n: language() === 'en' ? tasks.length - 1 : tasks.length })
}

/** The calm normal state of somebody who answers for others. */
export function AllInOrder({ enabled }: { enabled: boolean }) {
  const mine = useKeptRead(mineOpen, {}, { topics: ['tasks'], enabled, refetchMs: 300_000 })
  if (!mine.data || mine.data.units === 0) return null
  const { units, gap, unknown } = mine.data
  if (gap + unknown === 0) return <p className="p-note">{t('您负责的 {n} 个组织都清楚、都达标。', 'Everybody in your {n} {n:unit|units} is known and in order.', { n: count(units) })}</p>
  return <p className="p-note">{t('您负责的 {n} 个组织：未达标 {gap} 项，等待填报 {unknown} 项，都还在期限内。', 'Your {n} {n:unit|units}: {gap} not in order, {unknown} still to be answered, all within their time.', { n: count(units), gap: count(gap), unknown: count(unknown) })}</p>
}
