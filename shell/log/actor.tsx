/** Who acted, with the offices held then: all of them, or the first two where the line opens into the rest. */
import type { Static } from 'typebox'
import type { Actor } from '#slices/log/contract.ts'
import { officeTitle } from '#ui/own-words.ts'
import { read, t } from '#ui/words.ts'

export function ActorName({ actor, brief = false }: { actor: Static<typeof Actor>; brief?: boolean }) {
  if (!actor.person) return <span className="l-actor"><b>{{ person: t('已不在名册', 'no longer in the roster'), operator: t('命令行（系统运维）', 'command line (operator)'), system: t('系统', 'the system'), anonymous: t('未登录', 'not signed in') }[actor.kind]}</b></span>
  const most = brief ? 2 : actor.offices.length
  return (
    <span className="l-actor">
      <b translate="no">{actor.person.name}</b> <span className="num b-muted">{actor.person.number}</span>
      {actor.offices.length > 0 && <small className="b-muted">{actor.offices.slice(0, most).map((one) => t('{unit}{title}', '{unit} {title}', { unit: read(one.unit), title: officeTitle(one.title) })).join(t('、', ', '))}{actor.offices.length > most && t(' 等 {n} 项', ' and {n} in all', { n: actor.offices.length })}</small>}
    </span>
  )
}
