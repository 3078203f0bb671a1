/** A person's page, joined from what the slices know of them: standings with reasons, what is known, and one line of time. */
import { person } from '#slices/directory/contract.ts'
import { roles, type Permission, type Role } from '#slices/directory/rules.ts'
import { PersonView } from '#slices/directory/web/person.tsx'
import { AskReason, useReason } from '#slices/directory/web/cards.tsx'
import { FactsPanel } from '#slices/facts/web/cards.tsx'
import { PersonCases } from '#slices/health/web/cards.tsx'
import { StandingsCard } from '#slices/measures/web/cards.tsx'
import { useRead } from '#ui/data.ts'
import { Panel } from '#ui/page.tsx'
import { EmptyState } from '#ui/states.tsx'
import { t } from '#ui/words.ts'
import { useMe } from './session.tsx'
import { PersonTimeline } from './subject/PersonTimeline.tsx'
import './subject/subject.css'

export function PersonPage({ params }: { params: Record<string, string> }) {
  const personId = params['personId'] ?? ''
  const { me, can } = useMe()
  const read = useRead(person, { personId }, { topics: ['directory'], keep: false })
  // What everybody may do to themselves is among the permissions of `me`; over others it takes an office.
  const mayOver = (permission: Permission) => me?.offices.some((office) => (roles as Record<string, Role>)[office.role]?.permissions.includes(permission)) ?? false
  const own = personId === me?.person.personId
  const may = { facts: own || mayOver('person.facts'), cases: !own && mayOver('case.read'), trail: !own && mayOver('gap.read'), looks: can('log.read') }
  const reason = useReason(personId)
  return (
    <PersonView read={read}>
      {may.facts && reason.needed ? (
        <AskReason at={reason.needed} onGiven={reason.again} />
      ) : may.facts ? (
        reason.open && (
          <>
            <StandingsCard personId={personId} {...(read.data ? { name: read.data.person.name } : {})} />
            {may.cases && <PersonCases personId={personId} acts={mayOver('case.act')} />}
            <FactsPanel personId={personId} />
          </>
        )
      ) : (
        <Panel>
          <EmptyState icon="file" title={t('上报信息不向您显示', 'What they reported is not shown to you')}>
            {t('按职务，您可以查看基本信息与责任人。', 'Your office lets you see who they are and who answers for them.')}
          </EmptyState>
        </Panel>
      )}
      {(!may.facts || reason.open) && read.data && <PersonTimeline personId={personId} number={read.data.person.number} may={may} />}
    </PersonView>
  )
}
