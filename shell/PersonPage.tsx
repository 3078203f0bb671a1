/** A person's page, joined from what the slices know of them: standings with reasons, what is known, and one line of time. */
import { person } from '#slices/directory/contract.ts'
import { roles, type Permission, type Role } from '#slices/directory/rules.ts'
import { PersonView } from '#slices/directory/web/person.tsx'
import { AskReason, reasonNeeded } from '#slices/directory/web/reason.tsx'
import { FactsPanel } from '#slices/facts/web/cards.tsx'
import { standings } from '#slices/measures/contract.ts'
import { StandingsCard } from '#slices/measures/web/cards.tsx'
import { queryClient, useRead } from '#ui/data.ts'
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
  const may = { facts: own || mayOver('person.facts'), trail: !own && mayOver('gap.read'), looks: can('log.read') }
  // The first look decides for all of the page whether a reason is asked for.
  const first = useRead(standings, { subjectId: personId }, { topics: ['coverage', 'measures'], enabled: may.facts, keep: false })
  const reason = reasonNeeded(first.problem)
  const again = () => void queryClient.invalidateQueries({ predicate: (query) => query.state.status === 'error' || query.queryKey[1] === standings.name })
  return (
    <PersonView read={read}>
      {reason ? (
        <AskReason at={reason} onGiven={again} />
      ) : may.facts ? (
        first.loading ? null : (
          <>
            <StandingsCard personId={personId} {...(read.data ? { name: read.data.person.name } : {})} />
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
      {!reason && (!may.facts || !first.loading) && read.data && <PersonTimeline personId={personId} number={read.data.person.number} may={may} />}
    </PersonView>
  )
}
