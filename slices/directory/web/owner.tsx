/** Who answers, with the telephone: tap to call. */
import { spaced } from '#ui/format.ts'
import { Icon } from '#ui/icons.tsx'
import { TextLink } from '#ui/page.tsx'
import { PersonName } from '#ui/people.tsx'
import { Tag } from '#ui/tags.tsx'
import { officeTitle } from '#ui/own-words.ts'
import { read as inScript, t } from '#ui/words.ts'
import { personAddress, unitAddress, useMine, type OwnerOf } from './words.ts'
import './directory.css'

export function CallLink({ phone, name }: { phone: string; name: string }) {
  return (
    <a className="d-call num" href={`tel:${phone.replaceAll(/\s/g, '')}`} aria-label={t('拨打 {name} {phone}', 'Call {name} {phone}', { name, phone: spaced(phone) })}>
      <Icon name="phone" size={14} />
      {spaced(phone)}
    </a>
  )
}

/** One who answers: name, office, unit, telephone. @param fallen nobody answers directly, it fell to them from below. */
export function OwnerLine({ owner, fallen }: { owner: OwnerOf; fallen?: boolean }) {
  const { can } = useMine()
  return (
    <div className="d-owner">
      <div className="d-office-head">
        <PersonName name={owner.person.name} number={owner.person.number} {...(can('person.read') && can('person.find') ? { to: personAddress(owner.person.personId) } : {})} />
        {owner.capacity === 'deputy' && <Tag>{t('代理', 'Deputy')}</Tag>}
        {fallen && <Tag tone="warn">{t('上级兜底', 'Fell to them')}</Tag>}
      </div>
      {owner.phone && <CallLink phone={owner.phone} name={owner.person.name} />}
      <span className="d-path">
        {can('unit.read') ? <TextLink to={unitAddress(owner.unit.unitId)}>{inScript(owner.unit.name)}</TextLink> : inScript(owner.unit.name)} · {officeTitle(owner.officeTitle)}
      </span>
    </div>
  )
}
