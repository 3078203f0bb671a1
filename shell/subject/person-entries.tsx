/** What slices know of a person, as entries of one line of time. */
import type { Output } from '#kernel/contract.ts'
import type { tenures } from '#slices/directory/contract.ts'
import type { attributes, history } from '#slices/facts/contract.ts'
import type { looks } from '#slices/log/contract.ts'
import { beginsDay, lastMoment } from '#slices/directory/web/days.ts'
import { sourceName } from '#slices/facts/web/cards.tsx'
import { asLabel, valueWords } from '#slices/facts/web/values.ts'
import { lookWord } from '#slices/facts/web/purposes.ts'
import type { useAreas } from '#ui/areas.ts'
import { date, dateTime, presentMoment } from '#ui/format.ts'
import { TextLink } from '#ui/page.tsx'
import type { TimelineEntry } from '#ui/timeline.tsx'
import { officeTitle } from '#ui/own-words.ts'
import { read as inScript, say, t } from '#ui/words.ts'

type Fact = Output<typeof history>['facts'][number]
type Attributes = Output<typeof attributes>['attributes']
type Past = Output<typeof tenures>
type Look = Output<typeof looks>['looks'][number]
type Areas = ReturnType<typeof useAreas>['areas']

export function factEntries(facts: readonly Fact[], catalogue: Attributes, areas: Areas): TimelineEntry[] {
  return facts.map((fact) => {
    const attribute = catalogue.find((one) => one.key === fact.attribute)
    return {
      id: fact.factId, at: fact.observedAt, icon: 'tasks', tone: fact.source === 'proxy' ? 'warn' : 'plain',
      title: <>{asLabel(attribute ? say(attribute.label) : fact.attribute)}<b>{attribute ? valueWords(attribute, fact.value, areas) : typeof fact.value === 'string' ? fact.value : JSON.stringify(fact.value)}</b></>,
      by: fact.source === 'proxy' && fact.recordedBy ? t('{who}代填', 'by {who} for them', { who: fact.recordedBy }) : sourceName(fact.source),
      // A late report says so: when it was so and when it was learnt differ.
      ...(Date.parse(fact.recordedAt) - Date.parse(fact.observedAt) > 3_600_000 ? { text: t('{when}才送达', 'arrived {when}', { when: dateTime(fact.recordedAt) }) } : {}),
    }
  })
}

export function appointmentsOf(held: Past['tenures'], links: Past['links'], personId: string): TimelineEntry[] {
  const now = presentMoment().toISOString()
  const offices = held.flatMap((one): TimelineEntry[] => {
    const office = { office: `${inScript(one.unit.name)} ${officeTitle(one.title)}` }
    return [
      { id: `from ${one.holdingId}`, at: one.from, wholeDay: beginsDay(one.from), icon: 'people', title: one.from > now ? t('将任{office}', 'Will be {office}', office) : one.capacity === 'deputy' ? t('代理{office}', 'Became deputy {office}', office) : t('任{office}', 'Became {office}', office), text: one.to ? t('至 {when}', 'until {when}', { when: date(lastMoment(one.to)) }) : undefined },
      ...(one.to && one.to <= now ? [{ id: `to ${one.holdingId}`, at: one.to, wholeDay: beginsDay(one.to), icon: 'out' as const, title: t('不再任{office}', 'No longer {office}', office) }] : []),
    ]
  })
  const bonds = links.map((one): TimelineEntry => ({
    id: one.linkId, at: one.from, wholeDay: beginsDay(one.from), icon: 'home',
    title: one.member.personId === personId ? <>{t('开始联系', 'Began to look after')} {one.unit ? <TextLink to={`/units/${one.unit.unitId}`}>{inScript(one.unit.name)}</TextLink> : <TextLink to={`/people/${one.person?.personId ?? ''}`}>{one.person?.name}</TextLink>}</> : <>{t('联系人：', 'Looked after by ')}<TextLink to={`/people/${one.member.personId}`}>{one.member.name}</TextLink></>,
    text: one.to ? t('至 {when}', 'until {when}', { when: date(lastMoment(one.to)) }) : undefined,
  }))
  return [...offices, ...bonds]
}

/** Who looked, when, what for; the reason where one was given. */
export function lookEntries(looked: readonly Look[]): TimelineEntry[] {
  return looked.map((one, index) => {
    const [what = '', ...reason] = one.purpose.split(': ')
    return { id: `look ${one.at} ${index}`, at: one.at, icon: 'search', title: t('被查看：{what}', 'Looked at: {what}', { what: lookWord(what) || one.call }), by: <span translate="no">{one.actor.person ? [...one.actor.offices.slice(0, 1), one.actor.person.name].join(' ') : one.actor.kind}</span>, text: reason.length ? t('事由：{why}', 'Reason: {why}', { why: reason.join(': ') }) : undefined }
  })
}
