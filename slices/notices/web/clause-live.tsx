/** One clause: its text as issued; beside it the live bar, who owns it, and by whom it is not done. Opens into its duties. */
import { useState, type ReactNode } from 'react'
import { StandingBar } from '#ui/figures.tsx'
import { count } from '#ui/format.ts'
import { Icon } from '#ui/icons.tsx'
import { TextLink } from '#ui/page.tsx'
import { PersonName } from '#ui/people.tsx'
import { InkTag, Tag, type Ink } from '#ui/tags.tsx'
import { read, say, t } from '#ui/words.ts'
import { addProgress, noProgress } from '../rules.ts'
import { DocumentText } from './document-text.tsx'
import { dueWords } from './due-field.tsx'
import { DutyEvidence } from './evidence.tsx'
import { isPast } from './moments.ts'
import { showOf, type OpenDuty } from './duty-panel.tsx'
import type { Layers } from './passages.ts'
import { ProgressBar } from './progress.tsx'
import { reportName } from './report-name.ts'
import { clauseName, dutyInk, stateTag, type Alive, type AliveDuty } from './words.ts'

export interface ClauseLiveProps {
  /** null: duties that hang on no clause. */
  clause: Alive['clauses'][number] | null
  text: string
  from: number
  to: number
  layers: Layers
  duties: readonly AliveDuty[]
  open: boolean
  onToggle: () => void
  onDuty: (open: OpenDuty) => void
  live: boolean
}

export function ClauseLive({ clause, text, from, to, layers, duties, open, onToggle, onDuty, live }: ClauseLiveProps) {
  const progress = duties.reduce((sum, duty) => addProgress(sum, duty.progress), noProgress())
  const name = clause ? clauseName(clause.label) : t('另行补充的任务', 'Duties added by hand')
  const missing = duties.flatMap((duty) => duty.missing)
  const units = [...new Map(missing.map((one) => [one.unit.unitId, one])).values()]
  return (
    <section className={`n-clause${open ? ' n-clause-open' : ''}${duties.length === 0 ? ' n-clause-empty' : ''}`} aria-label={name}>
      <div className="n-clause-text">{to > from ? duties.length === 0 ? <Folded text={text.slice(from, to)}><DocumentText text={text} layers={layers} from={from} to={to} /></Folded> : <DocumentText text={text} layers={layers} from={from} to={to} onDuty={(dutyId) => onDuty({ dutyId, show: 'all' })} /> : <p className="b-muted">{name}</p>}</div>
      <div className="n-clause-live"><div className="n-clause-stick">
        {duties.length === 0 ? (
          <p className="b-muted n-small">{t('无任务', 'No duty')}</p>
        ) : (
          <>
            <button type="button" className="n-clause-toggle" aria-expanded={open} onClick={onToggle}>
              <b>{name}</b>
              <span className="b-muted">{t('{n} 条任务', '{n} {n:duty|duties}', { n: duties.length })}</span>
              <span className="num n-clause-share">{progress.total === 0 ? (live ? t('未到派发日', 'Not due yet') : t('已终止', 'Ended')) : t('办结 {n}/{m}', '{n}/{m} done', { n: count(progress.done), m: count(progress.total) })}</span>
              <Icon name={open ? 'up' : 'down'} size={16} />
            </button>
            {progress.total > 0 && <ProgressBar progress={progress} label={name} />}
            {!open && units.length > 0 && live && (
              <p className="n-small b-muted">
                {t('未办：', 'Not yet: ')}
                {units.slice(0, 3).map((one) => read(one.unit.name)).join(t('、', ', '))}
                {progress.total - progress.done - progress.reported > Math.min(3, units.length) && t(' 等', ' and others')}
              </p>
            )}
            {!open && duties.filter((duty) => duty.measure).slice(0, 1).map((duty) => duty.measure && <Coverage key={duty.dutyId} measure={duty.measure} />)}
          </>
        )}
      </div></div>
      {open && (
        <ol className="n-clause-duties">
          {duties.map((duty) => (
            <DutyLive key={duty.dutyId} duty={duty} ink={dutyInk(duty, layers.sentences)} onDuty={onDuty} live={live} />
          ))}
        </ol>
      )}
    </section>
  )
}

/** What fits into four lines of its own is not folded. */
const short = (text: string) => text.split('\n').filter((line) => line.trim() !== '').reduce((lines, line) => lines + Math.max(1, Math.ceil(line.length / 34)), 0) <= 4

/** Text without duties is kept short until somebody wants to read it. */
export function Folded({ text, children }: { text: string; children: ReactNode }) {
  const [open, setOpen] = useState(false)
  if (short(text)) return <div>{children}</div>
  return (
    <div className={open ? 'n-folded n-folded-open' : 'n-folded'}>
      <div>{children}</div>
      <button type="button" className="b-link n-small" aria-expanded={open} onClick={() => setOpen(!open)}>{open ? t('收起', 'Less') : t('展开全文', 'Read it all')}</button>
    </div>
  )
}

function Coverage({ measure }: { measure: NonNullable<AliveDuty['measure']> }) {
  const { kept, excused, gap, unknown } = measure.counts
  return (
    <div className="n-coverage">
      <span className="n-small"><TextLink to={`/gaps?measure=${measure.measureId}`}>{say(measure.name)}</TextLink></span>
      <StandingBar standing={{ kept, excused, gap, unknown }} label={say(measure.name)} size="thin" legend />
    </div>
  )
}

function DutyLive({ duty, ink, onDuty, live }: { duty: AliveDuty; ink: Ink; onDuty: (open: OpenDuty) => void; live: boolean }) {
  const due = dueWords(duty)
  const overdue = duty.progress.overdue > 0 || (duty.cycle === 'once' && duty.dueAt !== null && isPast(duty.dueAt) && duty.progress.done < duty.progress.total)
  return (
    <li className="n-duty-live">
      <div className="n-duty-words">
        <p><InkTag ink={ink} bare={duty.modality !== 'must-not'} /> {read(duty.text)}</p>
        <p className="n-notice-facts b-muted">
          <span>{t('{actor}，{n} 个单位', '{actor}, {n} {n:unit|units}', { actor: read(duty.actor || t('主送单位', 'addressees')), n: duty.units })}</span>
          {due && <span className={overdue ? 'b-bad num' : 'num'}>{t('时限 {when}', 'due {when}', { when: due })}</span>}
          {duty.evidence && <span>{t('佐证 {what}', 'evidence: {what}', { what: read(duty.evidence) })}</span>}
          {duty.reportTo && <span>{t('报送 {whom}', 'report to {whom}', { whom: reportName(duty.reportTo) })}</span>}
        </p>
        {duty.measure && <Coverage measure={duty.measure} />}
        {duty.progress.done + duty.progress.reported + duty.below.done + duty.below.reported > 0 && <DutyEvidence dutyId={duty.dutyId} />}
      </div>
      <div className="n-duty-state">
        <ProgressBar progress={duty.progress} label={read(duty.text)} onOpen={(part) => onDuty({ dutyId: duty.dutyId, show: showOf(part) })} />
        {duty.below.total > 0 && <p className="n-small b-muted num">{t('下级 {n} 项，办结 {done}', 'handed down {n}, done {done}', { n: count(duty.below.total), done: count(duty.below.done) })}</p>}
        {live && duty.missing.slice(0, 3).map((one) => (
          <p key={one.assignmentId} className="n-missing">
            <Tag tone={stateTag(one.state, one.overdue).tone}>{stateTag(one.state, one.overdue).name}</Tag>
            <span>{read(one.unit.name)}</span>
            {one.owner ? <PersonName name={one.owner.person.name} phone={one.owner.phone} note={one.owner.direct ? undefined : t('上级代管', 'from above')} /> : <span className="b-bad">{t('无人负责', 'nobody')}</span>}
          </p>
        ))}
        <button type="button" className="b-link n-small" onClick={() => onDuty({ dutyId: duty.dutyId, show: 'all' })}>{t('全部单位', 'All units')}</button>
      </div>
    </li>
  )
}
