/** Cases of a person, for their page, and one's own for My data. */
import { localDay } from '#kernel/clock.ts'
import type { Me } from '#slices/directory/web/unit-choice.ts'
import { useRead } from '#ui/data.ts'
import { date, dateTime, day, presentMoment } from '#ui/format.ts'
import { Button } from '#ui/controls.tsx'
import { Panel, RowLink } from '#ui/page.tsx'
import { Ready } from '#ui/states.tsx'
import { useSession } from '#ui/session.tsx'
import { t } from '#ui/words.ts'
import { mine, ofPerson } from '../contract.ts'
import { caseLines } from './case-lines.ts'
import { CaseStateTag, illnessName, KindTag, leftWords } from './case-words.tsx'
import './health.css'

/** Nothing where there is no case and none can be opened. */
export function PersonCases({ personId, acts }: { personId: string; acts: boolean }) {
  const { me } = useSession<Me>()
  const read = useRead(ofPerson, { personId }, { topics: ['cases'], keep: false })
  const today = localDay(presentMoment().toISOString(), me?.institution.timeZone ?? 'Asia/Shanghai')
  const running = read.data?.cases.some((one) => one.state !== 'released')
  if (read.problem || (read.data?.cases.length === 0 && !acts)) return null
  return (
    <Panel flush title={t('健康管理个案', 'Cases')} actions={acts && read.data && !running && <Button size="small" icon="plus" to={`/cases/new?person=${personId}`}>{t('新建个案', 'New case')}</Button>}>
      <Ready read={read} rows={2} empty={{ when: (data) => data.cases.length === 0, show: <p className="d-inner b-muted">{t('没有个案。', 'No case.')}</p> }}>
        {(data) => (
          <>
            {data.cases.map((one) => (
              <RowLink
                key={one.caseId} to={`/cases/${one.caseId}`} title={<><KindTag kind={one.kind} /> {illnessName(one.illness)}</>} end={<CaseStateTag state={one.state} />}
                text={one.released ? t('{from} 至 {last}', '{from} to {last}', { from: day(one.openedAt), last: date(one.released.at) }) : [t('计划至 {last}', 'until {last}', { last: date(one.untilDay) }), leftWords(one, today), one.missingToday && t('今天还没有监测', 'not checked today'), one.answers && t('{who} 负责', '{who} answers', { who: one.answers.person.name })].filter(Boolean).join(' · ')}
              />
            ))}
          </>
        )}
      </Ready>
    </Panel>
  )
}

/** What is held of my own cases, whole: the order, every step and every check. Nothing where there never was one. */
export function MyCases() {
  const read = useRead(mine, {}, { topics: ['cases'] })
  if (!read.data?.cases.length) return null
  return (
    <Panel title={t('健康管理个案', 'Cases')} note={t('安排、办理经过和每次监测', 'What was arranged, every step and check')}>
      {read.data.cases.map((one) => (
        <section key={one.caseId}>
          <h3><KindTag kind={one.kind} /> {illnessName(one.illness)} <CaseStateTag state={one.state} /></h3>
          <ul className="c-lines">
            {caseLines(one).map((line, index) => (
              <li key={`${line.at} ${index}`}>
                <span>{line.what}{line.text && `${t('：', ': ')}${line.text}`}</span>
                <small className="b-muted num">{dateTime(line.at)}</small>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Panel>
  )
}
