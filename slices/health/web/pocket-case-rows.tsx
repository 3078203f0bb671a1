/** Cases that are with me, as lines of my tasks: a fever first, then who was not checked today, then what is due. */
import { relative } from '#ui/format.ts'
import { Badge, SectionTitle } from '#ui/pocket/parts.tsx'
import { CallButton, Row, Rows } from '#ui/pocket/rows.tsx'
import { read as asRead, t } from '#ui/words.ts'
import { illnessName, kindName, leftWords, saidWords, type CaseLine } from './case-words.tsx'
import { worrying } from '../rules.ts'
import type { CaseWork } from './use-case-work.ts'

const urgency = (one: CaseLine) => (one.lastCheck && worrying(one.lastCheck) ? 0 : one.missingToday ? 1 : one.state === 'to-release' ? 2 : 3)

function CaseRows({ work: { cases, offered, today } }: { work: CaseWork }) {
  return (
    <Rows label={t('个案', 'Cases')}>
      {offered.map((one) => (
        <Row key={one.caseId} to={`/tasks/case/${one.caseId}`} title={<><span translate="no">{one.person.name}</span>{one.unit && <small>{asRead(one.unit.name)}</small>}</>} text={<span>{kindName(one.kind)} · {illnessName(one.illness)}</span>} end={<Badge tone="accent">{t('待确认', 'To confirm')}</Badge>} />
      ))}
      {cases.toSorted((a, b) => urgency(a) - urgency(b)).map((one) => (
        <Row
          key={one.caseId} to={`/tasks/case/${one.caseId}`}
          title={<><span translate="no">{one.person.name}</span>{one.unit && <small>{asRead(one.unit.name)}</small>}</>}
          text={
            <>
              <span>{kindName(one.kind)} · {illnessName(one.illness)} · <span className={one.state === 'to-release' ? 'p-late' : undefined}>{leftWords(one, today)}</span></span>
              <span className={one.missingToday || (one.lastCheck && worrying(one.lastCheck)) ? 'p-late' : undefined}>{one.missingToday ? t('今天还没有监测', 'Not checked today') : one.lastCheck ? `${saidWords(one.lastCheck)} · ${relative(one.lastCheck.at)}` : ''}</span>
            </>
          }
          {...(one.phone ? { act: <CallButton name={one.person.name} phone={one.phone} /> } : {})}
        />
      ))}
    </Rows>
  )
}

/** Under a title, where something is with me. */
export function CaseSection({ work }: { work: CaseWork }) {
  if (work.cases.length + work.offered.length === 0) return null
  return (
    <>
      <SectionTitle end={work.count > 0 ? <Badge tone="warn">{work.count}</Badge> : undefined}>{t('我负责的个案', 'Cases I answer for')}</SectionTitle>
      <CaseRows work={work} />
    </>
  )
}
