/** A person's page, joined from what the slices know of them. */
import { person } from '#slices/directory/contract.ts'
import { roles, type Permission, type Role } from '#slices/directory/rules.ts'
import { PersonView } from '#slices/directory/web/person.tsx'
import { FactsPanel } from '#slices/facts/web/cards.tsx'
import { StandingsCard } from '#slices/measures/web/cards.tsx'
import { useRead } from '#ui/data.ts'
import { Panel } from '#ui/page.tsx'
import { EmptyState } from '#ui/states.tsx'
import { t } from '#ui/words.ts'
import { useMe } from './session.tsx'

export function PersonPage({ params }: { params: Record<string, string> }) {
  const personId = params['personId'] ?? ''
  const { me } = useMe()
  const read = useRead(person, { personId }, { topics: ['directory'], keep: false })
  // What everybody may do to themselves is among the permissions of `me`; over others it takes an office.
  const mayOver = (permission: Permission) => me?.offices.some((office) => (roles as Record<string, Role>)[office.role]?.permissions.includes(permission)) ?? false
  const mayKnow = personId === me?.person.personId || mayOver('person.facts')
  return (
    <PersonView read={read}>
      {mayKnow ? (
        <>
          <StandingsCard personId={personId} {...(read.data ? { name: read.data.person.name } : {})} />
          <FactsPanel personId={personId} />
        </>
      ) : (
        <Panel>
          <EmptyState icon="file" title={t('上报信息不向您显示', 'What they reported is not shown to you')}>
            {t('按职务，您可以查看基本信息与责任人。', 'Your office lets you see who they are and who answers for them.')}
          </EmptyState>
        </Panel>
      )}
    </PersonView>
  )
}
